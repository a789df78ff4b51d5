import type { Part } from "./message"

/**
 * A read position in an answer: the index of a part (-1 before the first) and an offset in UTF-16 units into its
 * text. Parts are append-only, so a cursor stays valid in every process.
 */
export type Place = { part: number; chars: number }

export const startPlace: Place = { part: -1, chars: 0 }

/** The cursor at the current end. */
export function placeAfter(parts: readonly Part[]): Place {
  const last = parts.at(-1)
  return { part: parts.length - 1, chars: last && "text" in last ? last.text.length : 0 }
}

/** The parts up to a cursor: later text is cut off, files and results are kept. */
export function upTo(parts: readonly Part[], { part: index, chars }: Place): Part[] {
  return parts.flatMap((part, at): Part[] => {
    if (at < index || !("text" in part)) return [part]
    if (at > index) return []
    const text = part.text.slice(0, chars).toWellFormed()
    return text === "" ? [] : [{ ...part, text }]
  })
}

/** Formats a cursor; "2.140" is part 2, offset 140. */
export function formatPlace({ part, chars }: Place): string {
  return `${part}.${chars}`
}

/** Parses the output of `formatCursor`; null for anything else. */
export function parsePlace(text: string): Place | null {
  const [, part, chars] = /^(-1|\d{1,6})\.(\d{1,9})$/.exec(text) ?? []
  return part === undefined ? null : { part: Number(part), chars: Number(chars) }
}
