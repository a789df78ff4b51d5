import "server-only"
import { isShownInPlace } from "./media-types"
import { contentDisposition } from "./name"
import type { Range, Store } from "./store"

type Kept = { sha256: string; name: string; mediaType: string; sizeBytes: number }

/**
 * Answers a GET or HEAD for a file: 200, 206 for a single range, 304, or 416. Bytes under a hash never change, so
 * browsers may cache them, but only privately. The headers that forbid scripts, type sniffing and embedding are set
 * for everything under /api (next.config.ts).
 */
export async function fileResponse(
  request: Request,
  file: Kept,
  { store, isDownload }: { store: Store; isDownload: boolean },
): Promise<Response> {
  const { sha256, name, mediaType, sizeBytes } = file
  const etag = `"${sha256}"`
  const isInPlace = isShownInPlace(mediaType) && !isDownload
  const headers = new Headers({
    etag,
    "accept-ranges": "bytes",
    // `no-transform`: after compression by a proxy the ranges would be wrong.
    "cache-control": "private, max-age=31536000, immutable, no-transform",
    vary: "cookie",
    "content-type": mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType,
    "content-disposition": contentDisposition(isInPlace ? "inline" : "attachment", name),
  })
  if (hasTag(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: 304, headers })
  }
  const range = readRange(request.headers, etag, sizeBytes)
  if (range === "impossible") {
    headers.set("content-range", `bytes */${sizeBytes}`)
    headers.set("cache-control", "private, no-store")
    return new Response(null, { status: 416, headers })
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes - 1 }
  if (range) headers.set("content-range", `bytes ${start}-${end}/${sizeBytes}`)
  const body = request.method === "HEAD" ? null : await store.open(sha256, { start, end })
  return new Response(body, { status: range ? 206 : 200, headers })
}

function hasTag(header: string | null, etag: string): boolean {
  const tags = header?.split(",").map((tag) => tag.trim().replace(/^W\//, ""))
  return tags?.some((tag) => tag === etag || tag === "*") ?? false
}

/** The requested range; null for none or for one that may be ignored (RFC 9110, 14.2). */
function readRange(headers: Headers, etag: string, sizeBytes: number): Range | null | "impossible" {
  const condition = headers.get("if-range")
  const [, from, to] = /^bytes=(\d*)-(\d*)$/i.exec(headers.get("range") ?? "") ?? []
  if (from === undefined || to === undefined || (condition && condition !== etag)) return null
  if (from === "") return to === "" ? null : lastBytes(Number(to), sizeBytes)
  const [start, end] = [Number(from), to === "" ? sizeBytes - 1 : Number(to)]
  if (to !== "" && start > end) return null
  return start < sizeBytes ? { start, end: Math.min(end, sizeBytes - 1) } : "impossible"
}

function lastBytes(count: number, sizeBytes: number): Range | "impossible" {
  if (count === 0) return "impossible"
  return { start: Math.max(0, sizeBytes - count), end: sizeBytes - 1 }
}
