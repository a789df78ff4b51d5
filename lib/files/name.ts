import "server-only"
import { limits } from "../base/limits"
import { seenName } from "../base/names"
import { trimEndOf } from "../base/text-end"

/**
 * A safe file name for display and download: the last path segment, without invisible characters, within the length
 * limit, and with an extension. Never used as a path on disk.
 */
export function safeName(name: string, extension: string): string {
  const shown = seenName(name.split(/[/\\]/).at(-1) ?? "")
  const bare = trimEndOf(" .", shown).replace(/^[ .]+/, "") || "file"
  const ownExtension = /\.[\p{L}\p{N}]{1,10}$/u.exec(bare)?.[0]
  const end = ownExtension ?? (extension && `.${extension}`)
  const stem = ownExtension ? bare.slice(0, -ownExtension.length) : bare
  // Cut between whole characters.
  return stem.slice(0, limits.fileNameChars - end.length).replace(/[\uD800-\uDBFF]$/, "") + end
}

/** A Content-Disposition header (RFC 6266 and 5987). */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_")
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
