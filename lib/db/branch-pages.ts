import "server-only"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import type { Message } from "../message/message"
import { raw } from "./client"
import { listVersions } from "./messages"
import type { User } from "./users"

/** Which stretch of a branch is wanted; without anything, the end of the one that is shown. */
export type BranchPage = {
  /** The last message of it. */
  end?: string | undefined
  /** A message that must be in it: on the branch that is shown, else on the newest through it. */
  through?: string | undefined
  /** How many messages at least, if the branch has as many. */
  count?: number | undefined
}

/** Messages with all their versions, in order of creation, and where the branch ends. */
export type Branch = { headId: string | null; messages: Message[] }

/**
 * A stretch of a branch of one of the user's conversations, read upwards from its end: what it costs goes
 * by its own length, not by that of the conversation. Throws `not_found` for what is not the user's.
 */
export async function listBranch(
  user: User,
  conversationId: string,
  stretch: BranchPage,
): Promise<Branch> {
  const [conversation] = await raw<{ headId: string | null }>(
    "find-head",
    'SELECT "headId" FROM "Conversation" WHERE "id" = $1 AND "userId" = $2',
    [conversationId, user.id],
  )
  if (!conversation) throw new AppError("not_found")
  const { through = null, count = limits.messagesAtFirst } = stretch
  const up = (end: string | null) => walkUp(conversationId, end, through, count)
  let headId = stretch.end ?? conversation.headId
  let found = await up(headId)
  if (through !== null && !found.some(({ id }) => id === through)) {
    headId = await findLeaf(conversationId, through)
    found = await up(headId)
  }
  if (headId !== null && found.length === 0) throw new AppError("not_found")
  const messages = await listVersions(
    conversationId,
    found.map(({ parentId }) => parentId),
  )
  return { headId, messages }
}

/**
 * The messages from `end` upwards: `count` of them, and on until `through` is met or the root. Parents are
 * looked for by their ids alone: they are in the same conversation by a foreign key, and a plan that goes
 * by the conversation would read all of it for each step.
 */
async function walkUp(
  conversationId: string,
  end: string | null,
  through: string | null,
  count: number,
): Promise<{ id: string; parentId: string | null }[]> {
  return raw(
    "walk-up",
    `WITH RECURSIVE up AS (
       SELECT "id", "parentId", 1 AS depth, ($3::text IS NULL OR "id" = $3) AS met
       FROM "Message" WHERE "conversationId" = $1 AND "id" = $2
       UNION ALL
       SELECT m."id", m."parentId", up.depth + 1, up.met OR m."id" = $3
       FROM up JOIN "Message" m ON m."id" = up."parentId"
       WHERE up.depth < $4 OR NOT up.met
     ) SELECT "id", "parentId" FROM up`,
    [conversationId, end, through, count],
  )
}

/** Where the newest branch through a message ends. */
async function findLeaf(conversationId: string, id: string): Promise<string> {
  const [leaf] = await raw<{ id: string }>(
    "find-leaf",
    `WITH RECURSIVE down AS (
       SELECT "id", 1 AS depth FROM "Message" WHERE "conversationId" = $1 AND "id" = $2
       UNION ALL
       SELECT child."id", down.depth + 1 FROM down CROSS JOIN LATERAL (
         SELECT "id" FROM "Message" WHERE "conversationId" = $1 AND "parentId" = down."id"
         ORDER BY "position" DESC LIMIT 1) child
     ) SELECT "id" FROM down ORDER BY depth DESC LIMIT 1`,
    [conversationId, id],
  )
  if (!leaf) throw new AppError("not_found")
  return leaf.id
}
