import type { Stack } from "../stack"
import { chatModel } from "../upstream/catalogue"

export type Sizes = { users: number; conversations: number; messages: number }

/** Hashed ids are distributed like real ones: rows of one conversation are not adjacent in the indexes. */
const idOf = (kind: string, number: string) => `md5('${kind}' || (${number}))`

/**
 * Fills the database with a few statements. Every user has the same number of conversations, and every conversation
 * the same number of messages.
 */
export async function fill({ db }: Stack, { users, conversations, messages }: Sizes) {
  const each = messages / conversations
  // The foreign keys are valid by construction; checking a million of them takes minutes.
  await db.query("SET session_replication_role = replica")
  await db.query(`
    INSERT INTO "User" ("id", "email", "name", "passwordHash")
    SELECT ${idOf("u", "n")}, n || '@scale.example.com', 'Ada ' || n, 'none'
    FROM generate_series(0, ${users - 1}) AS n`)
  await db.query(`
    INSERT INTO "Session" ("keyHash", "userId", "expiresAt")
    SELECT ${idOf("s", "n")}, ${idOf("u", `n % ${users}`)}, now() + interval '1 day'
    FROM generate_series(0, ${users * 2 - 1}) AS n`)
  await db.query(`
    INSERT INTO "Conversation" ("id", "userId", "title", "headId", "createdAt", "updatedAt")
    SELECT ${idOf("c", "n")}, ${idOf("u", `n % ${users}`)}, 'Conversation number ' || n,
      ${idOf("m", `n * ${each} + ${each - 1}`)}, t.at, t.at
    FROM generate_series(0, ${conversations - 1}) AS n,
      LATERAL (SELECT now() - make_interval(secs => n * 60) AS at) AS t`)
  await db.query(`
    INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "parts", "status", "model",
      "facts")
    SELECT ${idOf("m", "n")}, ${idOf("c", `n / ${each}`)},
      CASE WHEN n % ${each} > 0 THEN ${idOf("m", "n - 1")} END,
      CASE WHEN n % 2 = 0 THEN 'user' ELSE 'assistant' END::"MessageRole",
      jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'What was said at place ' || n)),
      'complete', CASE WHEN n % 2 = 1 THEN '${chatModel}' END,
      CASE WHEN n % 2 = 1 THEN '{"usage":{"inputTokens":20,"outputTokens":200}}'::jsonb END
    FROM generate_series(0, ${messages - 1}) AS n`)
  await db.query("SET session_replication_role = DEFAULT")
  await db.query("VACUUM (ANALYZE)")
  await db.query("CHECKPOINT")
}
