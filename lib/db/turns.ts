import "server-only"
import { isDeepStrictEqual } from "node:util"
import { AppError } from "../errors"
import { limits } from "../limits"
import { type Part, partsSchema } from "../message"
import { plainText } from "../parts"
import { toStorable } from "../storable"
import { titleFrom } from "../title"
import { db } from "./client"
import type { Prisma } from "./generated/client"
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
}

export type BegunTurn = {
  /** The message that is answered. */
  questionId: string
  /** `parts` are those of the answer that is continued, else none. */
  answers: { id: string; model: string; parts: Part[] }[]
  /** False when the same turn was begun before: nothing was added. */
  isNew: boolean
}

/**
 * Commits everything that must survive before a model is asked: the conversation, the question, an
 * empty running answer, the run. The same message id with the same content is the same turn;
 * whatever is not the user's own is not found.
 */
export async function beginTurn(user: User, start: TurnStart): Promise<BegunTurn> {
  return db().$transaction(
    async (transaction) => {
      // Turns of one person queue here: the limits below count rows that others may be adding.
      await transaction.$executeRaw`SELECT 1 FROM "User" WHERE "id" = ${user.id} FOR NO KEY UPDATE`
      await lockConversation(transaction, user, start)
      const known = await findKnownTurn(transaction, user, start)
      if (known) return known
      await checkParent(transaction, start)
      await checkLimits(transaction, user, start)
      return addMessages(transaction, user, start)
    },
    { maxWait: 10_000, timeout: 10_000 },
  )
}

async function lockConversation(
  transaction: Prisma.TransactionClient,
  user: User,
  { conversationId, message }: TurnStart,
): Promise<void> {
  const title = toStorable(titleFrom(plainText(message.parts)))
  await transaction.$executeRaw`
    INSERT INTO "Conversation" ("id", "userId", "title")
    VALUES (${conversationId}, ${user.id}, ${title}) ON CONFLICT ("id") DO NOTHING`
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM "Conversation"
    WHERE "id" = ${conversationId} AND "userId" = ${user.id} FOR UPDATE`
  if (rows.length === 0) throw new AppError("not_found")
}

async function findKnownTurn(
  transaction: Prisma.TransactionClient,
  user: User,
  { conversationId, message, answers }: TurnStart,
): Promise<BegunTurn | null> {
  const known = await transaction.message.findUnique({
    where: { id: message.id },
    select: {
      conversationId: true,
      parentId: true,
      role: true,
      parts: true,
      conversation: { select: { userId: true } },
    },
  })
  if (!known) return null
  if (known.conversation.userId !== user.id) throw new AppError("not_found")
  const isHere = known.conversationId === conversationId && known.parentId === message.parentId
  const isAnswer = message.parts.length === 0
  if (isHere && isAnswer && known.role === "assistant" && known.parentId) {
    const where = { conversationId, id: { in: answers.map(({ id }) => id) } }
    return knownTurn(known.parentId, await listAnswers(transaction, where))
  }
  const isSame = isDeepStrictEqual(partsSchema.parse(known.parts), toStorable(message.parts))
  if (!isHere || isAnswer || known.role !== "user" || !isSame) throw new AppError("conflict")
  const first = await listAnswers(transaction, { conversationId, parentId: message.id })
  return knownTurn(message.id, first.slice(0, answers.length))
}

async function listAnswers(
  transaction: Prisma.TransactionClient,
  where: Prisma.MessageWhereInput,
): Promise<{ id: string; model: string | null }[]> {
  const select = { id: true, model: true }
  return transaction.message.findMany({ where, orderBy: { position: "asc" }, select })
}

function knownTurn(questionId: string, answers: { id: string; model: string | null }[]): BegunTurn {
  if (answers.length === 0) throw new AppError("conflict")
  const known = answers.map(({ id, model }) => ({ id, model: model ?? "", parts: [] }))
  return { questionId, answers: known, isNew: false }
}

/** One turn at a time on each branch, and so many answers at a time for each person. */
async function checkLimits(
  transaction: Prisma.TransactionClient,
  user: User,
  { conversationId, message, answers }: TurnStart,
): Promise<void> {
  const runs = await transaction.run.findMany({
    where: { userId: user.id },
    select: {
      conversationId: true,
      messageId: true,
      message: { select: { parentId: true, parent: { select: { parentId: true } } } },
    },
  })
  const isAnswer = message.parts.length === 0
  const isBusy = runs.some((run) => {
    if (run.conversationId !== conversationId) return false
    if (isAnswer) return run.message.parentId === message.parentId
    const isSibling = run.message.parent?.parentId === message.parentId
    return isSibling || run.messageId === message.parentId
  })
  if (isBusy) throw new AppError("still_answering")
  if (runs.length + answers.length > limits.runsPerUser) throw new AppError("too_many_runs")
}

async function checkParent(
  transaction: Prisma.TransactionClient,
  { conversationId, message }: TurnStart,
): Promise<void> {
  const isAnswer = message.parts.length === 0
  if (message.parentId === null) {
    if (isAnswer) throw new AppError("invalid", { message: "Write something first." })
    return
  }
  const parent = await transaction.message.findUnique({
    where: { conversationId_id: { conversationId, id: message.parentId } },
    select: { role: true },
  })
  if (!parent) throw new AppError("not_found")
  if (parent.role !== (isAnswer ? "user" : "assistant")) {
    throw new AppError("invalid", {
      message: "A question follows an answer, an answer a question.",
    })
  }
}

const continuable = ["length", "stopped", "interrupted", "failed"] as const

/** What a cut answer said, to go on from. */
async function cutParts(
  transaction: Prisma.TransactionClient,
  { conversationId, message, continues }: TurnStart,
): Promise<Part[]> {
  if (continues === undefined) return []
  const cut = await transaction.message.findFirst({
    where: {
      id: continues,
      conversationId,
      parentId: message.parentId,
      role: "assistant",
      status: { in: [...continuable] },
    },
    select: { parts: true },
  })
  if (!cut || message.parts.length > 0) throw new AppError("not_found")
  return partsSchema.parse(cut.parts)
}

async function addMessages(
  transaction: Prisma.TransactionClient,
  user: User,
  start: TurnStart,
): Promise<BegunTurn> {
  const { conversationId, message, answers, owner } = start
  const isAnswer = message.parts.length === 0
  const questionId = isAnswer && message.parentId ? message.parentId : message.id
  const parts = await cutParts(transaction, start)
  if (!isAnswer) {
    await transaction.message.create({
      data: {
        id: message.id,
        parentId: message.parentId,
        conversationId,
        role: "user",
        parts: toStorable(message.parts),
        status: "complete",
      },
    })
  }
  // The run's writer lives: it writes this.
  await transaction.$executeRaw`
    INSERT INTO "RunOwner" ("id") VALUES (${owner})
    ON CONFLICT ("id") DO UPDATE SET "heartbeatAt" = now()`
  const comparison = answers.length > 1 ? (answers[0]?.id ?? null) : null
  for (const { id, model } of answers) {
    await transaction.message.create({
      data: {
        id,
        comparison,
        parentId: questionId,
        conversationId,
        role: "assistant",
        parts,
        status: "running",
        model,
        run: { create: { conversationId, userId: user.id, owner } },
      },
    })
  }
  await transaction.$executeRaw`
    UPDATE "Conversation" SET "headId" = ${answers[0]?.id ?? questionId}, "updatedAt" = now()
    WHERE "id" = ${conversationId}`
  return { questionId, answers: answers.map((answer) => ({ ...answer, parts })), isNew: true }
}
