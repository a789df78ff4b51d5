import { AppError } from "../../base/errors"
import type { Value } from "../schema/check"
import { fromResponse } from "./failure"
import { requestBody } from "./request-body"

/** Where the upstream is and how to speak to it. */
export type Upstream = {
  /** Without `/v1`: operations bring their whole path. */
  root: string
  apiKey: string
  fetch: typeof fetch
}

/** What every call carries besides its content. */
export type CallContext = { requestId: string; abortSignal: AbortSignal }

export type Sending = CallContext & {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
  path: string
  body?: Record<string, Value>
}

const longIds = /("(?:id|generation_id|task_id)"\s*:\s*)(\d{16,})(?=\s*[,}])/g

/** JSON whose ids of tasks are numbers, longer than a number can hold, with texts in their place. */
export function withTextIds(json: string): string {
  return json.replace(longIds, '$1"$2"')
}

/** Sends one request. Throws AppError unless the answer is a success; any 2xx is one. */
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
  // A file that could not be read while it was sent says so itself.
  const causes = [error, error instanceof Error ? error.cause : undefined]
  const ours = causes.find((cause) => cause instanceof AppError)
  return ours ?? new AppError("service_unavailable", { cause: String(error).slice(0, 200) })
}

/** The same for answers in JSON. */
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
