import "server-only"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"

export type RequestHeaders = Pick<Headers, "get" | "has">

/** The parts of a request that handlers use, independent of the server that received it. */
export type Incoming = Pick<Request, "method" | "url" | "signal"> & {
  headers: RequestHeaders
  body: AsyncIterable<Uint8Array> | null
}

/** Parses a JSON body within the size limit. Throws `unsupported_type`, `invalid` or `too_large`. */
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

/** Recursive schemas and serializers overflow the stack long before the JSON parser does. */
const maxDepth = 100

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner))
}

/** Reads the whole body up to `limitBytes`. Throws `too_large`. */
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
