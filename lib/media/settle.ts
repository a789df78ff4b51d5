import "server-only"
import { applyGenerations } from "../db/answer-states"
import { publishConversation } from "../server/publish"
import { publish } from "../server/subscribe"

/** Brings an answer that its process left up to what its generations made; its person's tabs hear of it. */
export async function settleAnswer(messageId: string, user: { id: string }): Promise<void> {
  const conversationId = await applyGenerations(messageId)
  if (conversationId === null) return
  publish({ about: "run", messageId })
  publish({ about: "user", userId: user.id, news: { type: "settled", id: conversationId } })
  publishConversation(user, conversationId)
}
