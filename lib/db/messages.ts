import "server-only"
import { AppError } from "../errors"
import type { Message, Part } from "../message"
import { errorBodySchema, partsSchema, unitsSchema } from "../message"
import { db } from "./client"
import type { Prisma } from "./generated/client"
import { staleAfterSeconds } from "./runs"
import type { User } from "./users"

const fields = {
  id: true,
  parentId: true,
  role: true,
  parts: true,
  status: true,
  model: true,
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
  const [rows, lost] = await Promise.all([
    db().message.findMany({ where, orderBy: { position: "asc" }, select: fields }),
    listLostRuns(conversationId),
  ])
  return rows.map((row) => toMessage(row, lost))
}

/** One message of one of the user's conversations, or null when there is none such. */
export async function findMessage(
  user: User,
  conversationId: string,
  id: string,
): Promise<Message | null> {
  const [row, lost] = await Promise.all([
    db().message.findFirst({
      where: { id, conversationId, conversation: { userId: user.id } },
      select: fields,
    }),
    listLostRuns(conversationId),
  ])
  return row && toMessage(row, lost)
}

/** The messages from the root to `messageId`: what a model is told. */
export async function listPath(
  user: User,
  conversationId: string,
  messageId: string,
): Promise<{ role: Message["role"]; parts: Part[] }[]> {
  const rows = await db().$queryRaw<{ role: Message["role"]; parts: unknown }[]>`
    WITH RECURSIVE path AS (
      SELECT m."id", m."parentId", m."role", m."parts", 0 AS depth
      FROM "Message" m JOIN "Conversation" c ON c."id" = m."conversationId"
      WHERE c."userId" = ${user.id} AND c."id" = ${conversationId} AND m."id" = ${messageId}
      UNION ALL
      SELECT m."id", m."parentId", m."role", m."parts", path.depth + 1
      FROM "Message" m JOIN path ON m."id" = path."parentId"
      WHERE m."conversationId" = ${conversationId}
    )
    SELECT "role"::text AS "role", "parts" FROM path ORDER BY depth DESC`
  if (rows.length === 0) throw new AppError("not_found")
  return rows.map((row) => ({ role: row.role, parts: partsSchema.parse(row.parts) }))
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

// Their process is gone; the sweep will say so in the row within seconds, a reader need not wait.
async function listLostRuns(conversationId: string): Promise<Set<string>> {
  const rows = await db().$queryRaw<{ messageId: string }[]>`
    SELECT "messageId" FROM "Run" WHERE "conversationId" = ${conversationId}
    AND "heartbeatAt" < now() - make_interval(secs => ${staleAfterSeconds})`
  return new Set(rows.map((row) => row.messageId))
}

function toMessage(row: Row, lost: Set<string>): Message {
  const { inputTokens, outputTokens, reasoningTokens, cachedTokens, ...rest } = row
  const counted = inputTokens !== null || outputTokens !== null
  return {
    ...rest,
    status: row.status === "running" && lost.has(row.id) ? "interrupted" : row.status,
    parts: partsSchema.parse(row.parts),
    error: row.error === null ? null : errorBodySchema.parse(row.error),
    usage: counted ? { inputTokens, outputTokens, reasoningTokens, cachedTokens } : null,
    units: row.units === null ? null : unitsSchema.parse(row.units),
    costUsd: row.costUsd === null ? null : row.costUsd.toNumber(),
    createdAt: row.createdAt.toISOString(),
  }
}
