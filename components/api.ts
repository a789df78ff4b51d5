import { AppError, type ErrorBody, isErrorCode } from "@/lib/errors"

type Call = { method?: "GET" | "POST" | "PATCH" | "DELETE"; body?: object; signal?: AbortSignal }

/** Asks one of our routes. Throws AppError with words for a person, also when nobody answers. */
export async function request(path: string, call: Call = {}): Promise<Response> {
  const response = await fetch(path, {
    method: call.method ?? "GET",
    ...(call.body
      ? { body: JSON.stringify(call.body), headers: { "content-type": "application/json" } }
      : {}),
    ...(call.signal ? { signal: call.signal } : {}),
  }).catch((cause) => {
    throw new AppError("unavailable", {
      message: "Polylogue cannot be reached. What you wrote is kept on this page; try again.",
      cause,
    })
  })
  if (!response.ok) throw await toError(response)
  return response
}

/** The same, for the JSON that the route answers with; its shape is the route's promise. */
export async function requestJson<T>(path: string, call?: Call): Promise<T> {
  return (await request(path, call)).json()
}

async function toError(response: Response): Promise<AppError> {
  const body: { error?: Partial<ErrorBody> } = await response.json().catch(() => ({}))
  const { code, message, requestId } = body.error ?? {}
  if (!isErrorCode(code))
    return new AppError(response.status === 401 ? "unauthenticated" : "internal")
  return new AppError(code, {
    ...(message ? { message } : {}),
    ...(requestId ? { requestId } : {}),
  })
}
