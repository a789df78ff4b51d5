import { APICallError, JSONParseError, RetryError, TypeValidationError } from "ai"
import { z } from "zod"
import { AppError, type ErrorCode } from "../errors"

/** The vendor's flat envelope; `statusCode` comes as a number and as a string. OpenAI's nested one too. */
const envelopeSchema = z
  .object({
    message: z.string().optional(),
    requestId: z.string().optional(),
    statusCode: z.coerce.number().optional().catch(undefined),
    error: z.object({ message: z.string() }).optional().catch(undefined),
  })
  .transform((envelope) => ({ ...envelope, message: envelope.message ?? envelope.error?.message }))
type Envelope = z.infer<typeof envelopeSchema>

/**
 * Anything that went wrong on the way to the upstream or back, as one of our errors. The vendor's words
 * go into `cause` only, shortened and without the request: they are for the log, not for a reader.
 */
export function toFailure(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (RetryError.isInstance(error)) return toFailure(error.lastError)
  if (APICallError.isInstance(error)) return fromResponse(error)
  if (TypeValidationError.isInstance(error)) return fromEvent(error.value)
  if (JSONParseError.isInstance(error)) return new AppError("model_garbled")
  if (error instanceof Error && error.cause instanceof AppError) return error.cause
  return new AppError("model_cut", { cause: inWords(error) })
}

function fromResponse(error: APICallError): AppError {
  const { statusCode, responseBody } = error
  if (statusCode === undefined) {
    if (error.cause instanceof AppError) return error.cause
    return new AppError("service_unavailable", { cause: inWords(error) })
  }
  const envelope = readEnvelope(responseBody)
  // It began well: what broke is the connection.
  if (statusCode < 300) return new AppError("model_cut", { cause: inWords(error) })
  return fromEnvelope(statusCode, envelope ?? { message: responseBody })
}

function fromEvent(value: unknown): AppError {
  const envelope = envelopeSchema.safeParse(value)
  if (envelope.success && envelope.data.message !== undefined) {
    return fromEnvelope(envelope.data.statusCode ?? 500, envelope.data)
  }
  return new AppError("model_garbled")
}

function fromEnvelope(status: number, envelope: Partial<Envelope>): AppError {
  const options = envelope.requestId ? { requestId: envelope.requestId } : {}
  const cause = `${status} ${(envelope.message ?? "").slice(0, 200)}`
  return new AppError(codeFor(status), { ...options, cause })
}

// 401, 402 and 403 (the vendor's "out of credits") are the operator's to mend, not the reader's.
function codeFor(status: number): ErrorCode {
  if (status === 401 || status === 402 || status === 403) return "service_unavailable"
  if (status === 404) return "model_gone"
  if (status === 408 || status === 504) return "model_silent"
  if (status === 429) return "model_busy"
  return status < 500 ? "model_refused" : "model_failed"
}

function readEnvelope(body: string | undefined): Envelope | null {
  try {
    const parsed = envelopeSchema.safeParse(JSON.parse(body ?? ""))
    return parsed.success ? parsed.data : null
  } catch {
    return null // an HTML page of some proxy; the status says enough
  }
}

function inWords(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return text.slice(0, 200)
}
