import "server-only"
import { sweepRuns } from "../db/runs"
import { settleAnswer } from "../media/settle"
import { log } from "../server/log"
import { publish } from "../server/news"
import { tellConversation } from "../server/tell"

/**
 * Runs whose process is gone end as interrupted, or as what is made for them ends; whoever follows them hears
 * of it. Gives how many there were.
 */
export async function endLostRuns(goneOwners: string[] = []): Promise<number> {
  const lost = await sweepRuns(goneOwners)
  for (const { messageId, conversationId, userId } of lost) {
    log("warn", "run-lost", { messageId })
    publish({ about: "run", messageId })
    tellConversation({ id: userId }, conversationId)
    // It may have been made already when its process was lost.
    await settleAnswer(messageId, { id: userId })
  }
  return lost.length
}
