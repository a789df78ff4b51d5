import type { Exchange } from "../exchange"
import type { Upload } from "../form"

/** A file that a request points at or carries. Without bytes only its name is known. */
export interface Source {
  name: string
  bytes?: Buffer
  mediaType?: string
}

const dataAddress = /^data:([^;,]*)((?:;[^;,]*)*),/

function fromData(address: string): Source | undefined {
  const match = dataAddress.exec(address)
  if (!match) return undefined
  const [head, mediaType = "", options = ""] = match
  const rest = address.slice(head.length)
  const bytes = /;base64/i.test(options)
    ? Buffer.from(rest, "base64")
    : Buffer.from(decoded(rest), "utf8")
  return { name: `data.${mediaType.split("/")[1] ?? "bin"}`, bytes, mediaType }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * What an address leads to. There is no network here: of all http addresses only what this simulator
 * made itself can be opened, whatever host name the client knows it by.
 */
export function sourceAt(exchange: Exchange, address: string): Source {
  const data = fromData(address)
  if (data) return data
  const url = URL.parse(address)
  if (!url) return { name: address.slice(0, 80) }
  const name = decoded(url.pathname.split("/").findLast((part) => part !== "") ?? url.hostname)
  const stored = exchange.simulator.media.get(url.pathname)
  if (!stored) return { name }
  return { name, bytes: Buffer.from(stored.bytes), mediaType: stored.contentType }
}

/** A file that came in a form. */
export function sourceOf({ buffer, originalname, mimetype }: Upload): Source {
  return { name: originalname || "upload", bytes: buffer, mediaType: mimetype }
}

/** The words a request for a file is known by: its address, unless that is the file itself. */
export function nameOfAddress(address: string): string {
  return address.startsWith("data:") ? (dataAddress.exec(address)?.[0] ?? "data:") : address
}
