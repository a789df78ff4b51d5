import "server-only"
import { AppError } from "../errors"
import { limits } from "../limits"

export type RequestHeaders = Pick<Headers, "get" | "has">

/** What handlers need of a request, however it came. */
export type Incoming = Pick<Request, "method" | "url" | "signal"> & {
  headers: RequestHeaders
  body: AsyncIterable<Uint8Array> | null
}

/** The JSON of a request, within the limit of a body. Throws `unsupported_type`, `invalid` or `too_large`. */
export async function readJson(request: Incoming): Promise<unknown> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim()
  if (type !== "application/json") throw new AppError("unsupported_type")
  const bytes = await readBytes(request, limits.bodyBytes)
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new AppError("invalid", { message: "The body is not valid JSON." })
  }
}

/** The whole body, as long as it is no longer than `limitBytes`. Throws `too_large`. */
export async function readBytes(request: Incoming, limitBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let sizeBytes = 0
  for await (const piece of request.body ?? []) {
    sizeBytes += piece.length
    if (sizeBytes > limitBytes) throw new AppError("too_large")
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
