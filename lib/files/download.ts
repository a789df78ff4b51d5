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
  /** The one origin that may be fetched from wherever it lies: the upstream that the operator chose. */
  allowedOrigin?: string
  maxBytes: number
  signal?: AbortSignal
  /** For everything together. */
  timeLimitMs?: number
}

/** `mediaType` is what the other side says, or null; believe the bytes. */
export type Download = { bytes: AsyncIterable<Uint8Array>; mediaType: string | null }

const mostRedirects = 3
const defaultTimeLimitMs = 5 * 60_000
/** Without a connection, or without a byte, for this long: lost. */
const idleMs = 30_000
const redirects = new Set([301, 302, 303, 307, 308])
const pieceBytes = 256 * 1024

/**
 * Fetches from an address that came from outside, such as a model's result. Only http and https on their own
 * ports and only public addresses, checked as the connection is made and again at each redirect; no
 * cookies, no keys; as much as `maxBytes` and as long as the time limit. Takes `data:` addresses too.
 * Throws `file_refused`, `file_lost` or `too_large`, also while the bytes are read.
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
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await get(url, url.origin === allowedOrigin, signal)
    const status = response.statusCode ?? 0
    if (status === 200 && isPlain(response)) return response
    response.destroy() // what it says besides is of no interest
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
      // A user and a password in an address are credentials, and not ours.
      ...{ hostname: bareHost(url), port: url.port },
      path: `${url.pathname}${url.search}`,
      headers: { host: url.host, accept: "*/*", "accept-encoding": "identity" },
      agent: false, // a connection of its own: a kept one was checked for somebody else
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

// Node asks nobody about an address in numbers, so that it is looked at here.
function checkHost(url: URL): void {
  const { port } = url
  if (port !== "" && port !== "80" && port !== "443") throw refused(`port ${port}`)
  const host = bareHost(url)
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused(`${host} is not public`)
}

/** Without the brackets of an IPv6 address, and the dot that a name may end in. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$|\.$/g, "")
}

/** Nobody asked for compression, and what unpacks can be much more than what came. */
function isPlain({ headers }: http.IncomingMessage): boolean {
  return (headers["content-encoding"] ?? "identity") === "identity"
}

async function* read(response: http.IncomingMessage, { maxBytes, signal }: Options) {
  let sizeBytes = 0
  try {
    for await (const piece of response) {
      sizeBytes += piece.length
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
      yield piece as Uint8Array // without an encoding set, Node gives buffers
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

/** An abort by the caller stays what it was; everything else has a name. */
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
