import "server-only"

/**
 * Text of strangers as a model may be given it: without the tag characters in which words can be hidden
 * from people, and without control characters.
 */
export function untrustedText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u{E0000}-\u{E007F}]/gu, "")
    .replaceAll(/[^\P{Cc}\n\t]/gu, " ")
}
