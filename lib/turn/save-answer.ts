import "server-only"
import { AppError } from "../base/errors"
import { type Answer, dropRun, endAnswer } from "../db/answer-states"
import { isPermanent } from "../db/client"
import { noFacts } from "../message/no-facts"
import { errorFields, log } from "../server/log"

/**
 * Writes the end of an answer. What PostgreSQL will never take is left out, figures before words; such an
 * answer ends as failed. Throws what may work later. Says whether another process follows the run.
 */
export async function saveAnswer(messageId: string, answer: Answer): Promise<boolean> {
  for (const form of [answer, { ...answer, ...noFacts }, wordsOnly(answer)]) {
    try {
      return (await endAnswer(messageId, form)).isFollowed
    } catch (error) {
      if (!isPermanent(error)) throw error
      log("error", "answer-unwritable", { messageId, ...errorFields(error) })
    }
  }
  await dropRun(messageId)
  return true
}

function wordsOnly(answer: Answer): Answer {
  const { code, message } = new AppError("internal")
  const parts = answer.parts.filter((part) => part.type === "text" || part.type === "reasoning")
  return { ...answer, ...noFacts, parts, status: "failed", error: { code, message } }
}
