import { toStorable } from "./postgres-text"

// Control characters and invisible characters: bidi marks, which make `gpj.exe` read as `exe.jpg`, zero-width
// characters and invisible tags. Joiners used by emoji and some scripts are kept.
const unseen =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu
// No script needs more than eight combining marks per letter. More would cover neighboring lines, and normalizing
// them takes quadratic time.
const marks = /(\p{M}{8})\p{M}+/gu

/**
 * Cleans a person's or file's name for display: one line, no invisible characters, no stacks of combining marks,
 * and Unicode-normalized.
 */
export function seenName(text: string): string {
  const seen = toStorable(text).replace(unseen, "").replace(marks, "$1")
  return seen.normalize("NFC").replace(/\s+/g, " ").trim()
}
