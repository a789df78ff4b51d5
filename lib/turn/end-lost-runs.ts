import "server-only"
import { dropRun, giveUpAnswer, type Lost, type LostRun, listLostRuns } from "../db/answer-states"
import { isPermanent } from "../db/client"
import { settleAnswer } from "../media/settle"
import { errorFields, log } from "../server/log"
import { owner } from "../server/process-id"
import { publishConversation } from "../server/publish"
import { publish } from "../server/subscribe"
import { knownRunIds } from "./local-run"

/** A turn that was begun without this process hearing of it is left to the person's next try for so long. */
const unknownAfterSeconds = 15

/**
 * Runs that nobody writes any more end as interrupted, or as what is made for them ends; whoever follows them
 * hears of it. Gives how many there were. `afterSeconds`: how old those must be that are under this process's
 * name without it knowing them.
 */
export async function endLostRuns(
  goneOwners: readonly string[] = [],
  afterSeconds = unknownAfterSeconds,
): Promise<number> {
  const lost = { goneOwners, self: { owner, runIds: knownRunIds(), afterSeconds } }
  let count = 0
  for (const run of await listLostRuns(lost)) {
    // One that cannot be ended must not keep the others waiting.
    const isEnded = await end(run, lost).catch((error: unknown) => {
      log("error", "lost-run-failed", { messageId: run.messageId, ...errorFields(error) })
      return false
    })
    if (isEnded) count += 1
  }
  return count
}

async function end({ messageId, conversationId, userId }: LostRun, lost: Lost): Promise<boolean> {
  const isGivenUp = await giveUpAnswer(messageId, lost).catch(async (error: unknown) => {
    if (!isPermanent(error)) throw error
    await dropRun(messageId)
    return true
  })
  if (!isGivenUp) return false
  log("warn", "run-lost", { messageId })
  publish({ about: "run", messageId })
  publishConversation({ id: userId }, conversationId)
  // It may have been made already when its process was lost.
  await settleAnswer(messageId, { id: userId })
  return true
}
