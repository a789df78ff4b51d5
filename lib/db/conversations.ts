import "server-only"
import { AppError } from "../errors"
import { limits } from "../limits"
import { toStorable } from "../storable"
import { cutTitle } from "../title"
import { db } from "./client"
import type { Prisma } from "./generated/client"
import type { User } from "./users"

/** A conversation as the side bar lists it. */
export type ConversationSummary = { id: string; title: string; updatedAt: string; running: boolean }

export type ConversationPage = { conversations: ConversationSummary[]; nextCursor: string | null }

const cursorPattern = /^(\d{13})_([A-Za-z0-9_-]+)$/

/**
 * A page of the user's conversations, the last spoken in first. `query` filters by title.
 * `cursor` is the `nextCursor` of the page before.
 */
export async function listConversations(
  user: User,
  options: { cursor?: string; query?: string } = {},
): Promise<ConversationPage> {
  const rows = await db().conversation.findMany({
    where: {
      userId: user.id,
      ...(options.query
        ? {
            title: {
              contains: options.query.replace(/[\\%_]/g, "\\$&"),
              mode: "insensitive" as const,
            },
          }
        : {}),
      ...(options.cursor ? { OR: afterCursor(options.cursor) } : {}),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
    take: limits.conversationsPerPage + 1,
    select: summaryFields,
  })
  const page = rows.slice(0, limits.conversationsPerPage)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    conversations: page.map(toSummary),
    nextCursor: last ? `${last.updatedAt.getTime()}_${last.id}` : null,
  }
}

const summaryFields = {
  id: true,
  title: true,
  updatedAt: true,
  _count: { select: { runs: true } },
} as const satisfies Prisma.ConversationSelect

function toSummary({
  _count,
  updatedAt,
  ...row
}: Prisma.ConversationGetPayload<{ select: typeof summaryFields }>): ConversationSummary {
  return { ...row, updatedAt: updatedAt.toISOString(), running: _count.runs > 0 }
}

/** One conversation of the user, without its messages; NOT_FOUND when it is not theirs. */
export async function getConversation(user: User, id: string) {
  const conversation = await db().conversation.findFirst({
    where: { id, userId: user.id },
    select: { id: true, title: true, headId: true, createdAt: true, updatedAt: true },
  })
  if (!conversation) throw new AppError("not_found")
  return conversation
}

/** Changes the title, or which branch is shown. */
export async function updateConversation(
  user: User,
  id: string,
  change: { title?: string | undefined; headId?: string | undefined },
): Promise<void> {
  const data: { title?: string; headId?: string } = {}
  if (change.title !== undefined) data.title = cutTitle(toStorable(change.title))
  if (data.title === "")
    throw new AppError("invalid", { message: "A title needs at least a letter." })
  if (change.headId !== undefined) data.headId = change.headId
  const { count } = await db().conversation.updateMany({
    where: {
      id,
      userId: user.id,
      ...(change.headId ? { messages: { some: { id: change.headId } } } : {}),
    },
    data,
  })
  if (count === 0) throw new AppError("not_found")
}

/** Deletes a conversation with everything in it; NOT_FOUND when it is not the user's. */
export async function removeConversation(user: User, id: string): Promise<void> {
  const { count } = await db().conversation.deleteMany({ where: { id, userId: user.id } })
  if (count === 0) throw new AppError("not_found")
}

function afterCursor(cursor: string) {
  const [, time, id] = cursorPattern.exec(cursor) ?? []
  if (!time || !id) throw new AppError("invalid", { message: "This cursor is not one of ours." })
  const updatedAt = new Date(Number(time))
  return [{ updatedAt: { lt: updatedAt } }, { updatedAt, id: { gt: id } }]
}
