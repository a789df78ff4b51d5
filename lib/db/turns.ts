import "server-only"
import { isDeepStrictEqual } from "node:util"
import { AppError } from "../errors"
import { newId } from "../id"
import { limits } from "../limits"
import { type Part, partsSchema } from "../message"
import { plainText } from "../parts"
import { toStorable } from "../storable"
import { titleFrom } from "../title"
import { db } from "./client"
import type { Prisma } from "./generated/client"
import { sweepRuns } from "./runs"
import type { User } from "./users"

/** A question to add, or, without parts, an answer to write anew below its parent. */
export type TurnStart = {
  conversationId: string
  message: { id: string; parentId: string | null; parts: Part[] }
  model: string
  owner: string
}

export type BegunTurn = {
  answerId: string
  /** The message that is answered. */
  questionId: string
  /** False when the same turn was begun before: nothing was added. */
  isNew: boolean
}

/**
 * Commits everything that must survive before a model is asked: the conversation, the question, an
 * empty running answer, the run. The same message id with the same content is the same turn;
 * whatever is not the user's own is not found.
 */
export async function beginTurn(user: User, start: TurnStart): Promise<BegunTurn> {
  await sweepRuns() // a lost run must not block its conversation
  return db().$transaction(
    async (transaction) => {
      // Turns of one person queue here: the limits below count rows that others may be adding.
      await transaction.$executeRaw`SELECT 1 FROM "User" WHERE "id" = ${user.id} FOR NO KEY UPDATE`
      await lockConversation(transaction, user, start)
      const known = await findKnownTurn(transaction, user, start)
      if (known) return known
      await checkLimits(transaction, user, start.conversationId)
      await checkParent(transaction, start)
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
  { conversationId, message }: TurnStart,
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
    return { answerId: message.id, questionId: known.parentId, isNew: false }
  }
  const isSame = isDeepStrictEqual(partsSchema.parse(known.parts), toStorable(message.parts))
  if (!isHere || isAnswer || known.role !== "user" || !isSame) throw new AppError("conflict")
  const answer = await transaction.message.findFirst({
    where: { conversationId, parentId: message.id },
    orderBy: { position: "asc" },
    select: { id: true },
  })
  if (!answer) throw new AppError("conflict")
  return { answerId: answer.id, questionId: message.id, isNew: false }
}

async function checkLimits(
  transaction: Prisma.TransactionClient,
  user: User,
  conversationId: string,
): Promise<void> {
  const runs = await transaction.run.findMany({
    where: { userId: user.id },
    select: { conversationId: true },
  })
  if (runs.some((run) => run.conversationId === conversationId)) {
    throw new AppError("still_answering")
  }
  if (runs.length >= limits.runsPerUser) throw new AppError("too_many_runs")
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

async function addMessages(
  transaction: Prisma.TransactionClient,
  user: User,
  { conversationId, message, model, owner }: TurnStart,
): Promise<BegunTurn> {
  const isAnswer = message.parts.length === 0
  const answerId = isAnswer ? message.id : newId()
  const questionId = isAnswer && message.parentId ? message.parentId : message.id
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
  await transaction.message.create({
    data: {
      id: answerId,
      parentId: questionId,
      conversationId,
      role: "assistant",
      parts: [],
      status: "running",
      model,
      run: { create: { conversationId, userId: user.id, owner } },
    },
  })
  await transaction.$executeRaw`
    UPDATE "Conversation" SET "headId" = ${answerId}, "updatedAt" = now()
    WHERE "id" = ${conversationId}`
  return { answerId, questionId, isNew: true }
}
