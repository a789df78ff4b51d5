import "server-only"
import { subscribe } from "node:diagnostics_channel"
import type { IncomingMessage } from "node:http"
import { isIPv6 } from "node:net"
import { env } from "./env"

const peerHeader = "x-polylogue-peer"

/** Stores the socket's address in every request of this process, replacing any client-supplied value. */
export function stampPeers(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage } // the shape documented for the channel
    // Lazy, because few requests need it and it takes a system call.
    Object.defineProperty(request.headers, peerHeader, {
      enumerable: true,
      configurable: true,
      get: () => request.socket.remoteAddress ?? "",
    })
  })
}

/**
 * The client's network: an IPv4 address or an IPv6 /64. Forwarded addresses are used only for as many proxies as
 * TRUSTED_PROXIES says (Vercel counts as one).
 */
export function networkOf(headers: Headers): string {
  const { TRUSTED_PROXIES, VERCEL } = env()
  const proxies = VERCEL ? 1 : TRUSTED_PROXIES
  const forwarded = headers.get("x-forwarded-for")?.split(",") ?? []
  const address = proxies > 0 ? forwarded.at(-proxies) : headers.get(peerHeader)
  return toNetwork(address?.trim() ?? "")
}

/** Normalizes an address, so that alternative spellings do not bypass a rate limit. */
export function toNetwork(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  const bare = address.split("%", 1)[0] ?? ""
  if (!isIPv6(bare)) return address
  const [head = "", tail] = bare.toLowerCase().split("::")
  const left = head === "" ? [] : head.split(":")
  const right = tail ? tail.split(":") : []
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array<string>(Math.max(0, zeros)).fill("0"), ...right]
  const prefix = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${prefix.join(":")}::/64`
}
