import { type Exchange, Refusal, type Route } from "./exchange"

interface StoredMedia {
  bytes: Uint8Array
  contentType: string
  expiresAt: number
}

const largestTotalBytes = 512 * 1024 * 1024

/** What the models made, at addresses that expire. The oldest go when there is too much. */
export class MediaStore {
  private readonly media = new Map<string, StoredMedia>()
  private totalBytes = 0

  /** Keeps bytes under a name and tells their path. Links live for an hour unless told otherwise. */
  put(id: string, name: string, bytes: Uint8Array, contentType: string, ttlMs = 3_600_000): string {
    const path = `/media/${id}/${name}`
    this.totalBytes += bytes.length
    this.media.set(path, { bytes, contentType, expiresAt: Date.now() + ttlMs })
    for (const [oldest, entry] of this.media) {
      if (this.totalBytes <= largestTotalBytes || oldest === path) break
      this.media.delete(oldest)
      this.totalBytes -= entry.bytes.length
    }
    return path
  }

  get(path: string): StoredMedia | undefined {
    const found = this.media.get(path)
    return found && found.expiresAt > Date.now() ? found : undefined
  }

  /** Ends the life of every link there is. */
  expireAll(): void {
    this.media.clear()
    this.totalBytes = 0
  }
}

function sendMedia(exchange: Exchange): void {
  const found = exchange.simulator.media.get(exchange.url.pathname)
  if (!found) throw new Refusal(403, "Request has expired")
  const { bytes, contentType } = found
  const range = /^bytes=(\d+)-(\d*)$/.exec(exchange.request.headers.range ?? "")
  const start = range ? Number(range[1]) : 0
  const end = range?.[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1
  if (start > end) throw new Refusal(400, "Range not satisfiable")
  exchange.begin(range ? 206 : 200, contentType, {
    "content-length": String(end - start + 1),
    "accept-ranges": "bytes",
    ...(range && { "content-range": `bytes ${start}-${end}/${bytes.length}` }),
  })
  exchange.response.end(bytes.subarray(start, end + 1))
}

export const mediaRoutes: Route[] = [{ method: "GET", path: /^\/media\/.+$/, handle: sendMedia }]
