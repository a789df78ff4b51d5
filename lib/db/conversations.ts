import "server-only"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import { toStorable } from "../base/postgres-text"
import { cutTitle } from "../message/title"
import { db, raw } from "./client"
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
  const after = options.cursor ? readCursor(options.cursor) : null
  const rows = await raw<Omit<ConversationSummary, "updatedAt"> & { updatedAt: Date }>(
    "list-conversations",
    listSql,
    [
      user.id,
      options.query ? `%${options.query.replace(/[\\%_]/g, "\\$&")}%` : null,
      after?.updatedAt ?? null,
      after?.id ?? null,
      limits.conversationsPerPage + 1,
    ],
  )
  const page = rows.slice(0, limits.conversationsPerPage)
  const last = rows.length > page.length ? page.at(-1) : undefined
  return {
    conversations: page.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })),
    nextCursor: last ? `${last.updatedAt.getTime()}_${last.id}` : null,
  }
}

// Without Prisma, which would count the runs of all people for it.
const listSql = `
  SELECT c."id", c."title", c."updatedAt",
    EXISTS (SELECT 1 FROM "Run" r WHERE r."conversationId" = c."id") AS "running"
  FROM "Conversation" c
  WHERE c."userId" = $1 AND ($2::text IS NULL OR c."title" ILIKE $2)
    AND ($3::timestamptz IS NULL OR c."updatedAt" < $3 OR (c."updatedAt" = $3 AND c."id" > $4))
  ORDER BY c."updatedAt" DESC, c."id" LIMIT $5`

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

function readCursor(cursor: string): { updatedAt: Date; id: string } {
  const [, time, id] = cursorPattern.exec(cursor) ?? []
  if (!time || !id) throw new AppError("invalid", { message: "This cursor is not one of ours." })
  return { updatedAt: new Date(Number(time)), id }
}
