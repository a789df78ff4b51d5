import { APICallError, JSONParseError, StreamProviderError, TypeValidationError } from "ai"
import { z } from "zod"
import { AppError, type ErrorCode } from "../../base/errors"

const text = z.string().optional().catch(undefined)
const status = z.coerce.number().int().min(400).max(599).optional().catch(undefined)
const errorSchema = z.union([
  z.string().transform((message) => ({ message, code: undefined })),
  z.object({ message: z.string(), code: status }),
])
const nested = errorSchema.optional().catch(undefined)

/**
 * The vendor's flat error envelope (`statusCode` may be a number or a string), the nested one of other servers, and
 * the failure event of a stream.
 */
const envelopeSchema = z
  .object({
    message: text,
    requestId: text,
    request_id: text,
    statusCode: status,
    code: status,
    error: nested,
    response: z.object({ error: nested }).optional().catch(undefined),
  })
  .transform(({ message, requestId, request_id, statusCode, code, error, response }) => {
    const inner = error ?? response?.error
    return {
      message: message ?? inner?.message,
      requestId: requestId ?? request_id,
      statusCode: statusCode ?? inner?.code ?? code,
    }
  })
type Envelope = Partial<z.infer<typeof envelopeSchema>>

/**
 * Converts any error of an upstream call to an AppError. The upstream's message is shortened, stripped of the
 * request and used only as `cause`, for the log.
 */
export function toFailure(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (APICallError.isInstance(error)) return fromCall(error)
  if (TypeValidationError.isInstance(error)) return fromEvent(error.value)
  if (JSONParseError.isInstance(error)) return new AppError("model_garbled")
  if (error instanceof Error && error.cause instanceof AppError) return error.cause
  if (StreamProviderError.isInstance(error)) {
    return fromEnvelope(error.statusCode ?? 500, { message: error.message })
  }
  const envelope = envelopeSchema.safeParse(error)
  if (!(error instanceof Error) && envelope.success && envelope.data.message !== undefined) {
    return fromEnvelope(envelope.data.statusCode ?? 500, envelope.data)
  }
  return new AppError("model_cut", { cause: inWords(error) })
}

/** The AppError of an unsuccessful response, in any of the known formats. */
export async function fromResponse(response: Response): Promise<AppError> {
  const body = await response.text().catch(() => "")
  const envelope = readEnvelope(body) ?? { message: body }
  const requestId = envelope.requestId ?? response.headers.get("x-inference-id") ?? undefined
  return fromEnvelope(response.status, { ...envelope, requestId })
}

/** The error status inside a response that claims success; null for a real success. */
export function hiddenStatus(body: unknown): number | null {
  const parsed = envelopeSchema.safeParse(body)
  const { message, statusCode } = parsed.success ? parsed.data : {}
  if (message === undefined) return null
  const isNamed = typeof body === "object" && body !== null && "error" in body
  return statusCode ?? (isNamed ? 500 : null)
}

/** The AppError of a failed task, based on the upstream's message. */
export function jobFailure(message: string, requestId: string | undefined): AppError {
  const code = spokenCode(message) ?? "job_failed"
  return new AppError(code, { cause: message.slice(0, 200), ...(requestId && { requestId }) })
}

function fromCall(error: APICallError): AppError {
  const { statusCode, responseBody, responseHeaders } = error
  if (statusCode === undefined) {
    if (error.cause instanceof AppError) return error.cause
    return new AppError("service_unavailable", { cause: inWords(error) })
  }
  // The response started successfully, so the connection broke.
  if (statusCode < 300) return new AppError("model_cut", { cause: inWords(error) })
  const envelope = readEnvelope(responseBody) ?? { message: responseBody }
  const requestId = envelope.requestId ?? responseHeaders?.["x-inference-id"]
  return fromEnvelope(statusCode, { ...envelope, requestId })
}

function fromEvent(value: unknown): AppError {
  const envelope = envelopeSchema.safeParse(value)
  if (envelope.success && envelope.data.message !== undefined) {
    return fromEnvelope(envelope.data.statusCode ?? 500, envelope.data)
  }
  return new AppError("model_garbled")
}

function fromEnvelope(status: number, { message = "", requestId }: Envelope): AppError {
  const cause = `${status} ${message.slice(0, 200)}`
  return new AppError(codeFor(status, message), { cause, ...(requestId && { requestId }) })
}

// The message takes precedence over the status: missing credits arrive as 403, a content refusal as 500, and
// maintenance as a 500 that a retry does not fix.
const byWords: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /run out of credits|insufficient (credit|balance|fund|quota)|top up|exhausted the available/i,
    "service_credits",
  ],
  [/under maintenance/i, "model_maintenance"],
  [/free[- ]tier|free limit/i, "service_limit"],
  [
    /deprecated|unable to access model|(model|deployment)\b.{0,80}(not found|does not exist|not available)|expected an available model/i,
    "model_gone",
  ],
  [
    /moderation (system|blocked|rejected|failed)|flagged|content[_ ](policy|filter|moderation)|safety (system|filter|reasons|policy|guidelines)|nsfw (content|detected)|prohibited content|sensitive (content|material)/i,
    "model_filtered",
  ],
  [
    /context[_ ]length|maximum context|too many tokens|prompt is too long|request too large/i,
    "model_overfed",
  ],
  [/overloaded|rate limit|too many requests/i, "model_busy"],
]

function spokenCode(message: string): ErrorCode | undefined {
  return byWords.find(([pattern]) => pattern.test(message))?.[1]
}

function codeFor(status: number, message: string): ErrorCode {
  const spoken = spokenCode(message)
  if (spoken && status !== 401) return spoken
  // A provider behind the upstream refused: its own status is at the start of the message.
  const inner = /^(4\d\d)\b/.exec(message)?.[1]
  return byStatus(status >= 500 && inner ? Number(inner) : status)
}

function byStatus(status: number): ErrorCode {
  const codes: Readonly<Record<number, ErrorCode>> = {
    401: "service_unauthorized",
    402: "service_credits",
    403: "service_forbidden",
    404: "model_gone",
    408: "model_silent",
    413: "model_overfed",
    429: "model_busy",
    503: "model_busy",
    504: "model_silent",
    524: "model_silent",
  }
  return codes[status] ?? (status < 500 ? "model_refused" : "model_failed")
}

function readEnvelope(body: string | undefined): Envelope | null {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(body ?? ""))
    return parsed.success ? parsed.data : null
  } catch {
    return null // an HTML page from a proxy; the status is enough
  }
}

function inWords(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.slice(0, 200)
}
