import "server-only"
import { z } from "zod"
import { AppError, type ErrorCode, isErrorCode } from "../base/errors"
import { limits } from "../base/limits"
import { toStorable } from "../base/postgres-text"
import type { FilePart, Message, Part } from "../message/message"
import { plainText } from "../message/parts"
import { readParts } from "../message/stored-parts"
import { titleFrom } from "../message/title"
import { raw } from "./client"
import type { User } from "./users"

/** A question to add and who is to answer it; or, without parts, further answers below its parent. */
export type TurnStart = {
  conversationId: string
  /** Without parts, `id` is that of the first answer. */
  message: { id: string; parentId: string | null; parts: Part[] }
  answers: readonly { id: string; model: string }[]
  /** The cut answer whose words the new one goes on from. */
  continues?: string | undefined
  owner: string
  /** About how many characters of the path are given back; all of it unless said. */
  pathChars?: number | undefined
}

export type BegunTurn = {
  /** Whose it is. */
  user: User
  /** The message that is answered. */
  questionId: string
  /** `parts` are those of the answer that is continued, else none. */
  answers: { id: string; model: string; parts: Part[] }[]
  /** What a model is told: up to the question, from the root or as far as `pathChars` reach. */
  path: { role: Message["role"]; parts: Part[] }[]
  /** There is more above the path. */
  hasEarlier: boolean
  /** False when the same turn was begun before: nothing was added. */
  isNew: boolean
}

const userSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(["admin", "member"]),
})
const partsSchema = z.unknown().transform(readParts)
const pathSchema = z.object({
  path: z.array(z.object({ role: z.enum(["user", "assistant"]), parts: partsSchema })),
  hasEarlier: z.boolean().default(false),
})
const begunSchema = pathSchema.extend({
  questionId: z.string(),
  answers: z.array(z.object({ id: z.string(), model: z.string(), parts: partsSchema })),
  isNew: z.boolean(),
})

/**
 * Commits everything that must survive before a model is asked: the conversation, the question, empty
 * running answers, their runs; in one round trip, by a function of the database. The same message id with
 * the same content is the same turn; whatever is not the user's own is not found. The user is whoever holds
 * the session of the key; throws `unauthenticated` when there is none.
 */
export async function beginTurn(keyHash: string, start: TurnStart): Promise<BegunTurn> {
  const { message, continues, answers, ...rest } = start
  const turn = {
    ...rest,
    title: toStorable(titleFrom(plainText(message.parts))),
    message: { ...message, parts: toStorable(message.parts) },
    answers: answers.map(({ id, model }) => ({ id, model })),
    continues: continues ?? null,
    runsPerUser: limits.runsPerUser,
  }
  const [row] = await raw<{ turn: unknown }>("begin-turn", beginSql, [
    JSON.stringify(turn),
    keyHash,
  ]).catch((error: unknown) => {
    throw toRefusal(error)
  })
  if (!row) throw new AppError("unauthenticated")
  return { ...begunSchema.parse(row.turn), user: userSchema.parse(row) }
}

const beginSql = `
  SELECT u."id", u."name", u."email", u."role"::text AS "role",
    "begin_turn"($1::jsonb || jsonb_build_object('userId', u."id")) AS turn
  FROM "Session" s JOIN "User" u ON u."id" = s."userId"
  WHERE s."keyHash" = $2 AND s."expiresAt" > now()`

/** The messages up to a question of the user, as `beginTurn` gives them. */
export async function findPath(
  user: User,
  questionId: string,
  chars: number,
): Promise<Pick<BegunTurn, "path" | "hasEarlier">> {
  const [row] = await raw<{ found: unknown }>(
    "find-path",
    `SELECT "path_to"(m."id", $3) AS found
     FROM "Message" m JOIN "Conversation" c ON c."id" = m."conversationId"
     WHERE m."id" = $1 AND c."userId" = $2`,
    [questionId, user.id, chars],
  )
  return row ? pathSchema.parse(row.found) : { path: [], hasEarlier: false }
}

/** All files of the messages up to one of the user's, the newest last. */
export async function listPathFiles(user: User, messageId: string): Promise<FilePart[]> {
  const rows = await raw<{ parts: unknown }>(
    "list-path-files",
    `WITH RECURSIVE path AS (
       SELECT m."id", m."parentId", 0 AS depth
       FROM "Message" m JOIN "Conversation" c ON c."id" = m."conversationId"
       WHERE m."id" = $1 AND c."userId" = $2
       UNION ALL
       SELECT m."id", m."parentId", path.depth + 1
       FROM path JOIN "Message" m ON m."id" = path."parentId"
     ) SELECT m."parts" FROM path JOIN "Message" m ON m."id" = path."id"
       WHERE m."parts" @> '[{"type": "file"}]' ORDER BY path.depth DESC`,
    [messageId, user.id],
  )
  return rows.flatMap(({ parts }) => readParts(parts).filter((part) => part.type === "file"))
}

const raisedSchema = z.object({ code: z.string(), message: z.string() })

/** What the function raised as an error of ours; anything else as it is. */
function toRefusal(error: unknown): unknown {
  const raised = raisedSchema.safeParse(error)
  if (!raised.success) return error
  const { code, message } = raised.data
  // Of two at the same time with one id the other was first.
  if (code === "23505") return new AppError("conflict")
  if (code !== "PL001") return error
  if (message === "nothing_said")
    return new AppError("invalid", { message: "Write something first." })
  if (message === "wrong_parent") {
    return new AppError("invalid", {
      message: "A question follows an answer, an answer a question.",
    })
  }
  const known: ErrorCode = isErrorCode(message) ? message : "internal"
  return new AppError(known)
}
