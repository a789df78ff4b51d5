import "server-only"
import { AppError } from "../errors"
import { errorBodySchema, type Message, type Part, unitsSchema } from "../message"
import { fold, type LogWord } from "../run-log"
import { readParts } from "../stored-parts"
import { db } from "./client"
import { listMissing } from "./files"
import type { Prisma } from "./generated/client"
import { listEvents, staleAfterSeconds } from "./runs"
import type { User } from "./users"

const fields = {
  id: true,
  parentId: true,
  role: true,
  parts: true,
  status: true,
  model: true,
  comparison: true,
  error: true,
  finishReason: true,
  inputTokens: true,
  outputTokens: true,
  reasoningTokens: true,
  cachedTokens: true,
  units: true,
  costUsd: true,
  upstreamId: true,
  createdAt: true,
  firstTokenMs: true,
  totalMs: true,
} as const satisfies Prisma.MessageSelect

type Row = Prisma.MessageGetPayload<{ select: typeof fields }>

/** All messages of one of the user's conversations, in order of creation. */
export async function listMessages(user: User, conversationId: string): Promise<Message[]> {
  const where = { conversationId, conversation: { userId: user.id } }
  const rows = await db().message.findMany({ where, orderBy: { position: "asc" }, select: fields })
  return toMessages(rows)
}

/** The messages directly below these ones, null being the root, in order of creation. */
export async function listVersions(
  conversationId: string,
  parentIds: readonly (string | null)[],
): Promise<Message[]> {
  const known = parentIds.filter((id) => id !== null)
  const among = { parentId: { in: known } }
  const isAtRoot = known.length < parentIds.length
  const where = { conversationId, ...(isAtRoot ? { OR: [among, { parentId: null }] } : among) }
  const rows = await db().message.findMany({ where, orderBy: { position: "asc" }, select: fields })
  return toMessages(rows)
}

/** One message of one of the user's conversations, or null when there is none such. */
export async function findMessage(
  user: User,
  conversationId: string,
  id: string,
): Promise<Message | null> {
  const row = await db().message.findFirst({
    where: { id, conversationId, conversation: { userId: user.id } },
    select: fields,
  })
  return row && ((await toMessages([row]))[0] ?? null)
}

/** Throws `not_found` unless the message is one of the user's conversation. */
export async function checkMessage(user: User, conversationId: string, id: string): Promise<void> {
  const where = { id, conversationId, conversation: { userId: user.id } }
  if ((await db().message.count({ where })) === 0) throw new AppError("not_found")
}

/** Ends the comparison that an answer of the user stands in. */
export async function pickAnswer(user: User, conversationId: string, id: string): Promise<void> {
  const answer = await db().message.findFirst({
    where: { id, conversationId, conversation: { userId: user.id } },
    select: { comparison: true, parentId: true },
  })
  if (!answer) throw new AppError("not_found")
  const { comparison, parentId } = answer
  if (comparison === null) return
  await db().message.updateMany({
    where: { conversationId, parentId, comparison },
    data: { comparison: null },
  })
}

/** Which model the user asked last, to offer it first. */
export async function findLastModel(user: User): Promise<string | null> {
  const conversation = await db().conversation.findFirst({
    where: { userId: user.id },
    orderBy: { updatedAt: "desc" },
    select: {
      messages: {
        where: { role: "assistant" },
        orderBy: { position: "desc" },
        take: 1,
        select: { model: true },
      },
    },
  })
  return conversation?.messages[0]?.model ?? null
}

/** Rows as messages, with what became since of the answers that are written and of the files. */
async function toMessages(rows: Row[]): Promise<Message[]> {
  const messages = await withRuns(rows)
  const parts = messages.flatMap((message) => message.parts)
  const ids = parts.flatMap((part) => (part.type === "file" ? part.fileId : []))
  if (ids.length === 0) return messages
  const missing = await listMissing(ids)
  if (missing.size === 0) return messages
  const mark = (part: Part): Part =>
    part.type === "file" && missing.has(part.fileId) ? { ...part, isDeleted: true } : part
  return messages.map((message) => ({ ...message, parts: message.parts.map(mark) }))
}

/**
 * Rows as messages. Those that are being written get what their logs hold; those whose writer is gone are
 * told as interrupted at once: the sweep will say so in the row within seconds.
 */
async function withRuns(rows: Row[]): Promise<Message[]> {
  const running = rows.filter((row) => row.status === "running").map((row) => row.id)
  if (running.length === 0) return rows.map((row) => toMessage(row, row.status, []))
  const [events, runs] = await Promise.all([
    listEvents(new Map(running.map((id) => [id, -1]))),
    listLiving(running),
  ])
  // Without a run by now: it ended between the two looks.
  const ended = running.filter((id) => !runs.has(id))
  const endedRows =
    ended.length === 0
      ? []
      : await db().message.findMany({ where: { id: { in: ended } }, select: fields })
  return rows.map((row) => {
    const known = endedRows.find((other) => other.id === row.id) ?? row
    if (known.status !== "running") return toMessage(known, known.status, [])
    const words = events.filter((event) => event.messageId === row.id).flatMap((e) => e.words)
    return toMessage(known, runs.get(row.id) ? "running" : "interrupted", words)
  })
}

/** Which of these have a run, and whether its writer lives; what is made for one needs no writer. */
async function listLiving(ids: string[]): Promise<Map<string, boolean>> {
  const rows = await db().$queryRaw<{ messageId: string; lives: boolean }[]>`
    SELECT asked."messageId", g."id" IS NOT NULL OR COALESCE(
      w."heartbeatAt" >= now() - make_interval(secs => ${staleAfterSeconds}), false) AS "lives"
    FROM unnest(${ids}::text[]) AS asked("messageId")
      LEFT JOIN "Run" r ON r."messageId" = asked."messageId"
      LEFT JOIN "RunOwner" w ON w."id" = r."owner"
      LEFT JOIN "Generation" g ON g."messageId" = asked."messageId" AND g."callId" IS NULL
    WHERE r."messageId" IS NOT NULL OR g."id" IS NOT NULL`
  return new Map(rows.map((row) => [row.messageId, row.lives]))
}

function toMessage(row: Row, status: Message["status"], words: readonly LogWord[]): Message {
  const { inputTokens, outputTokens, reasoningTokens, cachedTokens, ...rest } = row
  const counted = inputTokens !== null || outputTokens !== null
  return {
    ...rest,
    status,
    parts: [...fold(readParts(row.parts), words)],
    error: row.error === null ? null : errorBodySchema.parse(row.error),
    usage: counted ? { inputTokens, outputTokens, reasoningTokens, cachedTokens } : null,
    units: row.units === null ? null : unitsSchema.parse(row.units),
    costUsd: row.costUsd === null ? null : row.costUsd.toNumber(),
    createdAt: row.createdAt.toISOString(),
  }
}
