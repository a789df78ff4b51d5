import "server-only"
import { AppError, type ErrorCode } from "../base/errors"

const needsCare = new Set<ErrorCode>([
  "service_unauthorized",
  "service_credits",
  "service_forbidden",
])
const refused = new Set<ErrorCode>(["model_refused", "model_filtered", "model_overfed", "invalid"])

/**
 * Rewords an upstream error for voice features, which have no message to show it on. `what` names the job and
 * `given` its input, both as sentence fragments.
 */
export function inVoiceWords(error: unknown, what: string, given: string): unknown {
  if (!(error instanceof AppError) || !/^(model|job|file|service)_/.test(error.code)) return error
  const { code, cause, requestId } = error
  const message = wordsFor(code, what, given)
  return new AppError(code, { message, cause, ...(requestId && { requestId }) })
}

function wordsFor(code: ErrorCode, what: string, given: string): string {
  if (needsCare.has(code)) {
    return "The key or the credits of this workspace with the model service need care. Tell the administrator."
  }
  if (refused.has(code)) return `The model for ${what} did not take ${given}.`
  if (code === "model_gone") {
    return `There is no model for ${what} here right now. Tell the administrator.`
  }
  return `The service for ${what} did not answer. Try again in a moment.`
}
