import type { Json } from "../base/json"
import type { Part } from "./message"

/** The recognized text of one page of a document, as markdown. */
export type Page = { number: number; markdown: string }

/** Label of the part that stores the page offsets into the text part next to it. */
export const pagesLabel = "Pages"
const pageBreak = "\n\n---\n\n"

/** Joins pages into one text and the offsets needed to split it again. */
export function joinPages(pages: readonly Page[]): { text: string; value: Json } {
  return {
    text: pages.map(({ markdown }) => markdown).join(pageBreak),
    value: pages.map(({ number, markdown }) => ({ number, chars: markdown.length })),
  }
}

/** The pages of a recognized document: this part has the offsets, a sibling the text. Null for any other part. */
export function pagesIn(part: Part, siblings: readonly Part[]): Page[] | null {
  if (part.type !== "data" || part.label !== pagesLabel || !Array.isArray(part.value)) return null
  const text = siblings.find((sibling) => sibling.type === "text")?.text
  if (text === undefined) return null
  const pages: Page[] = []
  let from = 0
  for (const entry of part.value) {
    if (!isLength(entry)) return null
    // If the text was edited or cut since, it is shown as is.
    if (pages.length > 0 && !text.startsWith(pageBreak, from - pageBreak.length)) return null
    if (from + entry.chars > text.length) return null
    pages.push({ number: entry.number, markdown: text.slice(from, from + entry.chars) })
    from += entry.chars + pageBreak.length
  }
  return pages.length > 0 ? pages : null
}

function isLength(value: unknown): value is { number: number; chars: number } {
  if (typeof value !== "object" || value === null) return false
  const { number, chars }: { number?: unknown; chars?: unknown } = value
  return typeof number === "number" && typeof chars === "number"
}
