import { AppError } from "../errors"
import { fromResponse } from "./failure"
import type { Value } from "./schema/check"

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

/** Ids of tasks that come as numbers, longer than a number can hold: they stay texts. */
const longIds = /("(?:id|generation_id|task_id)"\s*:\s*)(\d{16,})(?=\s*[,}])/g

/** Sends one request. Throws AppError unless the answer is a success; any 2xx is one. */
export async function send(upstream: Upstream, sending: Sending): Promise<Response> {
  const headers = new Headers({
    authorization: `Bearer ${upstream.apiKey}`,
    "x-client-request-id": sending.requestId,
  })
  const body = sending.body && encodeBody(sending.body, headers)
  const response = await upstream
    .fetch(`${upstream.root}${sending.path}`, {
      method: sending.method,
      headers,
      ...(body !== undefined && { body }),
      signal: sending.abortSignal,
    })
    .catch((error: unknown) => {
      if (error instanceof AppError) throw error
      throw new AppError("service_unavailable", { cause: String(error).slice(0, 200) })
    })
  if (!response.ok) throw await fromResponse(response)
  return response
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
    return { json: JSON.parse(text.replace(longIds, '$1"$2"')), headers: response.headers }
  } catch {
    throw new AppError("model_garbled", { cause: text.slice(0, 200) })
  }
}

function encodeBody(body: Record<string, Value>, headers: Headers): string | FormData {
  if (!Object.values(body).some(hasFile)) {
    headers.set("content-type", "application/json")
    return JSON.stringify(body)
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) {
    // A form repeats a name where JSON has a list.
    const isFileList = Array.isArray(value) && value.some(hasFile)
    for (const entry of isFileList ? value : [value]) form.append(name, formEntry(entry))
  }
  return form
}

function formEntry(value: Value): string | File {
  if (value instanceof File) return value
  return typeof value === "string" ? value : JSON.stringify(value)
}

function hasFile(value: Value): boolean {
  return value instanceof File || (Array.isArray(value) && value.some(hasFile))
}
