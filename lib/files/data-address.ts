import "server-only"
import { AppError } from "../base/errors"
import { tooLarge } from "./too-large"

const parts = /^data:([^,;]*)((?:;[^,;]*)*),/i

/** Decodes a `data:` URL. Throws `file_lost` or `too_large`. */
export function readDataAddress(
  address: string,
  maxBytes: number,
): { bytes: Uint8Array; mediaType: string | null } {
  const [head = "", mediaType = "", parameters = ""] = parts.exec(address) ?? []
  if (head === "") throw new AppError("file_lost", { cause: "a data address without data" })
  const isBase64 = parameters.split(";").at(-1)?.trim().toLowerCase() === "base64"
  const content = address.slice(head.length)
  // Base64 takes four characters for three bytes; percent-encoding up to three per byte.
  if (content.length > maxBytes * 3 + 4) throw tooLarge(maxBytes)
  const bytes = isBase64 ? fromBase64(content) : fromPercents(content)
  if (bytes.length > maxBytes) throw tooLarge(maxBytes)
  return { bytes, mediaType: mediaType.trim().toLowerCase() || null }
}

function fromBase64(content: string): Uint8Array {
  return Buffer.from(
    content.includes("%") ? fromPercents(content).toString("latin1") : content,
    "base64",
  )
}

function fromPercents(content: string): Buffer {
  const bytes = Buffer.from(content, "utf8")
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] === 0x25 ? bytes.toString("latin1", at + 1, at + 3) : ""
    const isCode = /^[0-9a-f]{2}$/i.test(code)
    bytes[length++] = isCode ? Number.parseInt(code, 16) : (bytes[at] ?? 0)
    if (isCode) at += 2
  }
  return bytes.subarray(0, length)
}
