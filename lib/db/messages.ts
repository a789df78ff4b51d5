import "server-only"
import { AppError } from "../base/errors"
import { factsIn } from "../message/facts"
import { errorBodySchema, type Message, type Part } from "../message/message"
import { fold, type LogWord } from "../message/part-log"
import { readParts } from "../message/stored-parts"
import { listLiving } from "./answer-states"
import { db } from "./client"
import { listMissing } from "./files"
import type { Prisma } from "./generated/client"
import { listEvents } from "./runs"
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
  facts: true,
  createdAt: true,
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

/** Which model wrote where the user spoke last, to offer it first. */
export async function findLastModel(user: User): Promise<string | null> {
  const conversation = await db().conversation.findFirst({
    where: { userId: user.id },
    orderBy: { updatedAt: "desc" },
    select: { id: true, headId: true },
  })
  if (!conversation?.headId) return null
  const head = await db().message.findFirst({
    where: { id: conversation.headId, conversationId: conversation.id },
    select: { model: true },
  })
  return head?.model ?? null
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

function toMessage(row: Row, status: Message["status"], words: readonly LogWord[]): Message {
  const { facts, ...rest } = row
  return {
    ...rest,
    ...factsIn(facts),
    status,
    parts: [...fold(readParts(row.parts), words)],
    error: row.error === null ? null : errorBodySchema.parse(row.error),
    createdAt: row.createdAt.toISOString(),
  }
}
