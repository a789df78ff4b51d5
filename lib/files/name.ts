import "server-only"
import { limits } from "../limits"
import { toStorable } from "../storable"

// Control characters, and what is not seen: marks that turn the writing direction, so that `gpj.exe`
// reads as `exe.jpg`; characters without width; invisible tags. The joiners of emoji and of some scripts stay.
const unseen =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu

/**
 * A file's name to show and to download by: its last part, without what is not seen, not longer than a name may
 * be, with an extension. Nothing on disk is ever called so.
 */
export function safeName(name: string, extension: string): string {
  const last = toStorable(name).split(/[/\\]/).at(-1) ?? ""
  const shown = last.replace(unseen, "").normalize("NFC").replace(/\s+/g, " ")
  const bare = shown.replace(/^[\s.]+|[\s.]+$/g, "") || "file"
  const known = /\.[\p{L}\p{N}]{1,10}$/u.exec(bare)?.[0]
  const end = known ?? (extension && `.${extension}`)
  const stem = known ? bare.slice(0, -known.length) : bare
  // Cut between whole characters.
  return stem.slice(0, limits.fileNameChars - end.length).replace(/[\uD800-\uDBFF]$/, "") + end
}

/** The header that says what a browser does with a file and what it is called (RFC 6266 and 5987). */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_")
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
