import type pg from "pg"
import { newId } from "../../lib/base/id"
import type { Person } from "../people"
import { chatModel } from "../upstream/catalogue"
import { markdown } from "../words"

/** A prepared conversation; its first and last message contain the marks. */
export type Seeded = { id: string; first: string; last: string; messages: number }

const facts = JSON.stringify({ usage: { inputTokens: 20, outputTokens: 200 } })

/** Inserts a linear conversation of questions and answers into the database. */
export async function seedConversation(
  db: pg.Client,
  person: Person,
  messages: number,
): Promise<Seeded> {
  const id = newId()
  const title = `Talk ${id.slice(0, 8)} of ${messages} messages`
  const [first, last] = [`first-${id}`, `last-${id}`]
  const ids = Array.from({ length: messages }, newId)
  const texts = ids.map((_, index) => {
    const words =
      index % 2 === 0
        ? `Question ${index + 1}: what does the lantern count, and how often does it do so?`
        : markdown(700 + (index % 7) * 60, index)
    return `${index === 0 ? `${first}\n\n` : ""}${words}${index === messages - 1 ? `\n\n${last}` : ""}`
  })
  await db.query(
    `INSERT INTO "Conversation" ("id", "userId", "title", "headId") VALUES ($1, $2, $3, $4)`,
    [id, person.id, title, ids.at(-1)],
  )
  await db.query(
    `INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "parts", "status", "model",
       "facts", "createdAt")
     SELECT m.id, $1, m.parent, CASE WHEN m.n % 2 = 1 THEN 'user' ELSE 'assistant' END::"MessageRole",
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', m.words)), 'complete',
       CASE WHEN m.n % 2 = 0 THEN $5 END, CASE WHEN m.n % 2 = 0 THEN $7::jsonb END,
       now() - make_interval(secs => $6::int - m.n)
     FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS m(id, parent, words, n)
     ORDER BY m.n`,
    [id, ids, [null, ...ids.slice(0, -1)], texts, chatModel, messages, facts],
  )
  return { id, first, last, messages }
}
