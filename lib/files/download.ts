import "server-only"
import http from "node:http"
import https from "node:https"
import { isIP } from "node:net"
import { startDeadline } from "../base/deadline"
import { AppError } from "../base/errors"
import { isPublicAddress, lookupPublic } from "./addresses"
import { readDataAddress } from "./data-address"
import { tooLarge } from "./too-large"

type Options = {
  /** An origin that may be fetched even if it is not public: the upstream the operator configured. */
  allowedOrigin?: string
  maxBytes: number
  signal?: AbortSignal
  /** Limit for the whole download. */
  timeLimitMs?: number
}

/** `mediaType` is the server's claim, or null; rely on the bytes instead. */
export type Download = { bytes: AsyncIterable<Uint8Array>; mediaType: string | null }

const maxRedirects = 3
const defaultTimeLimitMs = 5 * 60_000
/** A connection or a stream without data for this long has failed. */
const idleMs = 30_000
const redirects = new Set([301, 302, 303, 307, 308])
const pieceBytes = 256 * 1024

/**
 * Downloads from an untrusted address, such as a model's result. Allows only http and https on their default ports
 * and public addresses, checked at connect time and again on every redirect; sends no cookies or credentials;
 * enforces `maxBytes` and the time limit. Accepts `data:` URLs too. Throws `file_refused`, `file_lost` or
 * `too_large`, also while the bytes are read.
 */
export async function download(address: string, options: Options): Promise<Download> {
  if (/^data:/i.test(address)) {
    const { bytes, mediaType } = readDataAddress(address, options.maxBytes)
    return { bytes: pieces(bytes), mediaType }
  }
  const deadline = startDeadline(options.timeLimitMs ?? defaultTimeLimitMs, options.signal)
  try {
    const response = await follow(address, options.allowedOrigin, deadline.signal)
    response.once("close", deadline.end)
    const announced = Number(response.headers["content-length"] ?? 0)
    if (announced > options.maxBytes) {
      response.destroy()
      throw tooLarge(options.maxBytes)
    }
    const mediaType = response.headers["content-type"]?.split(";")[0]?.trim() || null
    return { bytes: read(response, options), mediaType }
  } catch (error) {
    deadline.end()
    throw toFailure(error, options.signal)
  }
}

async function follow(
  address: string,
  allowedOrigin: string | undefined,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  let url = parse(address)
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const response = await get(url, url.origin === allowedOrigin, signal)
    const status = response.statusCode ?? 0
    if (status === 200 && isPlain(response)) return response
    response.destroy() // the body is not needed
    const { location } = response.headers
    if (!redirects.has(status) || !location) throw lost(`${url.host} answered ${status}`)
    url = parse(location, url)
  }
  throw lost("too many redirects")
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw refused("not an address")
  return new URL(address, base)
}

function get(url: URL, isAllowed: boolean, signal: AbortSignal): Promise<http.IncomingMessage> {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused(url.protocol)
  if (!isAllowed) checkHost(url)
  const { request } = url.protocol === "https:" ? https : http
  return new Promise((resolve, reject) => {
    const options: http.RequestOptions = {
      // Credentials embedded in a URL are not ours to send.
      ...{ hostname: bareHost(url), port: url.port },
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, accept: "*/*", "accept-encoding": "identity" },
      agent: false, // no connection reuse: a pooled connection was checked for another request
      timeout: idleMs,
      signal,
      ...(!isAllowed && { lookup: lookupPublic }),
    }
    const call = request(options, resolve)
    call.on("timeout", () => call.destroy(lost("silence")))
    call.on("error", reject)
    call.end()
  })
}

// Node does not call `lookup` for numeric addresses, so they are checked here.
function checkHost(url: URL): void {
  const { port } = url
  if (port !== "" && port !== "80" && port !== "443") throw refused(`port ${port}`)
  const host = bareHost(url)
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused(`${host} is not public`)
}

/** The host name without IPv6 brackets and without a trailing dot. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$|\.$/g, "")
}

/** We do not request compression, and a decompressed body can be far larger than the bytes received. */
function isPlain({ headers }: http.IncomingMessage): boolean {
  return (headers["content-encoding"] ?? "identity") === "identity"
}

async function* read(response: http.IncomingMessage, { maxBytes, signal }: Options) {
  let sizeBytes = 0
  try {
    for await (const piece of response) {
      sizeBytes += piece.length
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
      yield piece as Uint8Array // Node yields buffers when no encoding is set
    }
  } catch (error) {
    throw toFailure(error, signal)
  } finally {
    response.destroy()
  }
}

async function* pieces(bytes: Uint8Array) {
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield bytes.subarray(start, start + pieceBytes)
  }
}

/** Maps an error to an AppError; an abort by the caller is passed through. */
function toFailure(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason
  if (error instanceof AppError) return error
  const code = error instanceof Error && "code" in error ? error.code : undefined
  return lost(String(code ?? error).slice(0, 200))
}

function refused(cause: string): AppError {
  return new AppError("file_refused", { cause })
}

function lost(cause: string): AppError {
  return new AppError("file_lost", { cause })
}
