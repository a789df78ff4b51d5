import "server-only"
import { applyGenerations } from "../db/answer-states"
import { publishConversation } from "../server/publish"
import { publish } from "../server/subscribe"

/** Updates an answer whose process is gone with the results of its generations, and notifies the user's tabs. */
export async function settleAnswer(messageId: string, user: { id: string }): Promise<void> {
  const conversationId = await applyGenerations(messageId)
  if (conversationId === null) return
  publish({ about: "run", messageId })
  publish({ about: "user", userId: user.id, news: { type: "settled", id: conversationId } })
  publishConversation(user, conversationId)
}
