import { AppError } from "../../base/errors"
import type { Value } from "../schema/check"
import { fromResponse } from "./failure"
import { requestBody } from "./request-body"

/** The upstream's address and credentials. */
export type Upstream = {
  /** Without `/v1`: operations have complete paths. */
  root: string
  apiKey: string
  fetch: typeof fetch
}

/** Context of every call. */
export type CallContext = { requestId: string; abortSignal: AbortSignal }

export type Sending = CallContext & {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  path: string
  body?: Record<string, Value>
}

const longIds = /("(?:id|generation_id|task_id)"\s*:\s*)(\d{16,})(?=\s*[,}])/g

/** Quotes numeric task ids in JSON, which may exceed the precision of a number. */
export function withTextIds(json: string): string {
  return json.replace(longIds, '$1"$2"')
}

/** Sends one request. Throws AppError unless the status is 2xx and the body is not an error. */
export async function send(upstream: Upstream, sending: Sending): Promise<Response> {
  const headers = new Headers({
    authorization: `Bearer ${upstream.apiKey}`,
    "x-client-request-id": sending.requestId,
  })
  const body = sending.body && requestBody(sending.body)
  if (body) headers.set("content-type", body.contentType)
  if (body && "sizeBytes" in body) headers.set("content-length", String(body.sizeBytes))
  const response = await upstream
    .fetch(`${upstream.root}${sending.path}`, {
      method: sending.method,
      headers,
      ...(body && { body: body.content, duplex: "half" }),
      signal: sending.abortSignal,
    })
    .catch((error: unknown) => {
      throw inOurWords(error)
    })
  if (!response.ok) throw await fromResponse(response)
  return response
}

function inOurWords(error: unknown): AppError {
  // If reading a file failed during the upload, report that error.
  const causes = [error, error instanceof Error ? error.cause : undefined]
  const ours = causes.find((cause) => cause instanceof AppError)
  return ours ?? new AppError("service_unavailable", { cause: String(error).slice(0, 200) })
}

/** The same for JSON responses. */
export async function sendForJson(
  upstream: Upstream,
  sending: Sending,
): Promise<{ json: unknown; headers: Headers }> {
  const response = await send(upstream, sending)
  const text = await response.text().catch(() => {
    throw new AppError("model_cut")
  })
  try {
    return { json: JSON.parse(withTextIds(text)), headers: response.headers }
  } catch {
    throw new AppError("model_garbled", { cause: text.slice(0, 200) })
  }
}
