import { limits } from "./limits"

/** Every error code with its HTTP status and the message shown to people. */
const table = {
  invalid: [400, "That request could not be understood. Reload the page and try again."],
  unauthenticated: [401, "You are signed out. Sign in again; what you wrote is kept on this page."],
  bad_credentials: [
    401,
    "This email and password do not match an account. Check both and try again.",
  ],
  forbidden: [403, "You are not allowed to do this."],
  foreign_origin: [403, "This request came from another site and was refused."],
  sign_up_closed: [403, "New accounts are closed here. Ask the administrator for one."],
  not_found: [404, "There is nothing here. It may have been deleted."],
  method_not_allowed: [405, "This address does not take that method."],
  conflict: [409, "This was already used for something else. Reload the page and try again."],
  still_answering: [
    409,
    "This conversation is still being answered. Stop the answer or wait for it.",
  ],
  too_many_runs: [
    429,
    "Too many of your answers are running. Wait for one to finish, or stop one.",
  ],
  too_large: [413, "That is too much for one request. Shorten it, or split it."],
  file_unreadable: [422, "The text of this file cannot be read. Attach it as plain text or PDF."],
  storage_full: [
    413,
    `This was not saved: your files may take ${limits.filesBytesPerUser / 1_000_000_000} GB and be ${limits.filesPerUser} at most. Ask the administrator for room.`,
  ],
  storage_unavailable: [
    503,
    "Polylogue cannot save or read files right now. Tell the administrator that its storage needs attention, and try again later.",
  ],
  unsupported_type: [
    415,
    "This address takes JSON. Send it with the content type application/json.",
  ],
  too_many_attempts: [429, "Too many tries. Wait 15 minutes and try again."],
  unavailable: [
    503,
    "Polylogue cannot reach its database right now. What you wrote is kept on this page; try again in a moment.",
  ],
  internal: [500, "Something failed on our side. What you saved is safe; try again."],

  model_refused: [
    502,
    "The model did not accept this request. Your message is saved. Change it, or switch model.",
  ],
  model_gone: [
    502,
    "This model is no longer offered. Your message is saved. Switch to another model.",
  ],
  model_busy: [
    502,
    "The model's service is overloaded. Your message is saved. Try again, or switch model.",
  ],
  model_failed: [
    502,
    "The model's service failed. Your message is saved. Try again, or switch model.",
  ],
  model_silent: [
    502,
    "The model did not answer in time. What came is kept. Try again, or switch model.",
  ],
  model_cut: [502, "The connection to the model broke. What came is kept. Try again."],
  model_garbled: [
    502,
    "Part of the model's answer could not be read. What came is kept. Try again.",
  ],
  model_flooded: [502, "The answer was longer than an answer may be and was cut here."],
  model_filtered: [
    502,
    "The model's service refused this for what it says or shows. Your message is saved. Change it, or switch model.",
  ],
  model_empty: [
    502,
    "The model finished without a result. Your message is saved. Try again, or switch model.",
  ],
  model_maintenance: [
    502,
    "This model is under maintenance. Your message is saved. Switch to another model.",
  ],
  model_overfed: [
    502,
    "This is more than the model takes at once. Your message is saved. Shorten it, attach less, or switch model.",
  ],
  job_failed: [
    502,
    "The model tried and failed; failed tasks cost nothing. Your message is saved. Try again, change it, or switch model.",
  ],
  job_gone: [
    502,
    "The model's service no longer knows this task. Your message is saved. Start it again.",
  ],
  job_unknown: [
    502,
    "The server stopped while this was being sent to the model. It is not sent twice, as it may have been charged. Your message is saved; start it again if you want it.",
  ],
  service_unauthorized: [
    502,
    "The key of this workspace for the model service is missing, wrong or expired. Ask the administrator to renew it. Your message is saved.",
  ],
  service_credits: [
    502,
    "The credits of this workspace with the model service are used up. Ask the administrator to top them up. Your message is saved.",
  ],
  service_forbidden: [
    502,
    "The key of this workspace may not use this model. Ask the administrator, or switch model. Your message is saved.",
  ],
  service_limit: [
    502,
    "This workspace has reached its limit with the model service for now. Your message is saved; try again later.",
  ],
  service_unavailable: [
    502,
    "The model service is not available right now. The operator was told. Your message is saved; try again later.",
  ],
  file_lost: [
    502,
    "The model's result could not be fetched. Your message is saved. Try again, or switch model.",
  ],
  file_refused: [
    502,
    "The model's result lies at an address that is not safe to fetch from. Your message is saved. Try again, or switch model.",
  ],
  refused_by_moderation: [
    422,
    "This question was not sent: it is against this installation's rules. Your text is kept; change it and try again.",
  ],
  moderation_unavailable: [
    503,
    "This question was not sent: the model that checks questions here cannot be asked right now. Your text is kept; try again in a moment.",
  ],
  interrupted: [
    502,
    "The server stopped while this was being written. What came is kept. Try again.",
  ],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ErrorCode = keyof typeof table

/** Whether a retry can help: right away, after a while, or never. */
export function retryOf(code: ErrorCode): "now" | "later" | "never" {
  if (later.has(code)) return "later"
  return now.has(code) ? "now" : "never"
}
const now = new Set<ErrorCode>([
  "model_cut",
  "model_garbled",
  "model_empty",
  "job_failed",
  "file_lost",
  "interrupted",
  "internal",
])
const later = new Set<ErrorCode>([
  "model_busy",
  "model_failed",
  "model_silent",
  "service_limit",
  "service_unavailable",
  "storage_unavailable",
  "unavailable",
  "moderation_unavailable",
])

/** The error as sent on the wire and stored on a failed answer. */
export type ErrorBody = { code: ErrorCode; message: string; requestId?: string }

// The framework may load this module several times per process, so `instanceof` is not reliable.
const mark = Symbol.for("polylogue.AppError")

/** An expected failure. Any other thrown value is a bug and becomes `internal`. */
export class AppError extends Error {
  readonly [mark] = true
  readonly code: ErrorCode
  readonly status: number
  readonly requestId: string | undefined

  constructor(
    code: ErrorCode,
    options: { message?: string; requestId?: string; cause?: unknown } = {},
  ) {
    super(options.message ?? table[code][1], { cause: options.cause })
    this.name = "AppError"
    this.code = code
    this.status = table[code][0]
    this.requestId = options.requestId
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && mark in value
  }
}

/** The default message of a code. */
export function errorMessage(code: ErrorCode): string {
  return table[code][1]
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(table, code)
}
