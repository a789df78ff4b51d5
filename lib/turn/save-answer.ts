import "server-only"
import { isPermanent } from "../db/client"
import { type Answer, dropRun, finishRun } from "../db/runs"
import { AppError } from "../errors"
import { errorFields, log } from "../server/log"

const noFacts = { finishReason: null, usage: null, units: null, costUsd: null, upstreamId: null }

/**
 * Writes the end of an answer. What PostgreSQL will never take is left out, figures before words; such an
 * answer ends as failed. Throws what may work later. Says whether another process follows the run.
 */
export async function saveAnswer(messageId: string, answer: Answer): Promise<boolean> {
  for (const form of [answer, { ...answer, ...noFacts }, wordsOnly(answer)]) {
    try {
      return (await finishRun(messageId, form)).isFollowed
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
