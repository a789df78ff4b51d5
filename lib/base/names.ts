import { toStorable } from "./postgres-text"

// Control characters, and what is not seen: marks that turn the writing direction, so that `gpj.exe`
// reads as `exe.jpg`; characters without width; invisible tags. The joiners of emoji and of some scripts stay.
const unseen =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu
// No script needs as many on one letter; more cover the lines around, and composing them takes their square.
const marks = /(\p{M}{8})\p{M}+/gu

/**
 * A name of a person or a file as it is shown: on one line, without what is not seen, no letter below a heap
 * of marks, and each letter in one spelling.
 */
export function seenName(text: string): string {
  const seen = toStorable(text).replace(unseen, "").replace(marks, "$1")
  return seen.normalize("NFC").replace(/\s+/g, " ").trim()
}
