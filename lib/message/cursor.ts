import type { Part } from "./message"

/**
 * A read position in an answer: the index of a part (-1 before the first) and an offset in UTF-16 units into its
 * text. Parts are append-only, so a cursor stays valid in every process.
 */
export type Cursor = { part: number; chars: number }

export const startCursor: Cursor = { part: -1, chars: 0 }

/** The end of what there is so far. */
export function cursorAfter(parts: readonly Part[]): Cursor {
  const last = parts.at(-1)
  return { part: parts.length - 1, chars: last && "text" in last ? last.text.length : 0 }
}

/** What was read up to a place: words after it are left out, files and results are kept. */
export function upTo(parts: readonly Part[], { part: index, chars }: Cursor): Part[] {
  return parts.flatMap((part, at): Part[] => {
    if (at < index || !("text" in part)) return [part]
    if (at > index) return []
    const text = part.text.slice(0, chars).toWellFormed()
    return text === "" ? [] : [{ ...part, text }]
  })
}

/** "2.140" for part 2, 140 units. */
export function formatCursor({ part, chars }: Cursor): string {
  return `${part}.${chars}`
}

/** Reads what `formatCursor` wrote; null for anything else. */
export function parseCursor(text: string): Cursor | null {
  const [, part, chars] = /^(-1|\d{1,6})\.(\d{1,9})$/.exec(text) ?? []
  return part === undefined ? null : { part: Number(part), chars: Number(chars) }
}
