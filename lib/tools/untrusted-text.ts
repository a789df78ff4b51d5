import "server-only"

/**
 * Untrusted text as given to a model: without tag characters, which can hide instructions from people, and without
 * control characters.
 */
export function untrustedText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u{E0000}-\u{E007F}]/gu, "")
    .replaceAll(/[^\P{Cc}\n\t]/gu, " ")
}
