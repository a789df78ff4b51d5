import { AppError, type ErrorBody, isErrorCode } from "@/lib/base/errors"

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

/** Sends one file to a route, telling how much of it has gone, from 0 to 1. */
export function upload<T>(
  path: string,
  file: File,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<T> {
  const form = new FormData()
  form.set("file", file)
  // Not fetch: it does not tell how far a body has come.
  const call = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) =>
      reject(
        new AppError("unavailable", {
          message: "The file did not get through. Check the connection and try again.",
          cause,
        }),
      )
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    call.onerror = fail
    call.onabort = fail
    call.onload = () => {
      if (call.status >= 400 || !call.response) reject(errorFrom(call.status, call.response ?? {}))
      else resolve(call.response)
    }
    signal.addEventListener("abort", () => call.abort())
    call.open("POST", path)
    call.responseType = "json"
    call.send(form)
  })
}

async function toError(response: Response): Promise<AppError> {
  return errorFrom(response.status, await response.json().catch(() => ({})))
}

function errorFrom(status: number, body: { error?: Partial<ErrorBody> }): AppError {
  const { code, message, requestId } = body.error ?? {}
  if (!isErrorCode(code)) return new AppError(status === 401 ? "unauthenticated" : "internal")
  return new AppError(code, {
    ...(message ? { message } : {}),
    ...(requestId ? { requestId } : {}),
  })
}
