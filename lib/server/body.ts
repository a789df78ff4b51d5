import "server-only"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"

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
  const body = parse(await readBytes(request, limits.bodyBytes))
  if (isDeeperThan(maxDepth, body)) {
    throw new AppError("invalid", { message: "The body is nested too deeply." })
  }
  return body
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new AppError("invalid", { message: "The body is not valid JSON." })
  }
}

/** Schemas and serializers go as deep as a value does and run out of stack long before the parser. */
const maxDepth = 100

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner))
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
