import type { Json } from "../base/json"
import type { Part } from "./message"

/** What was read from one page of a document, as markdown. */
export type Page = { number: number; markdown: string }

/** What the part is called that says where in the text beside it the pages end. */
export const pagesLabel = "Pages"
const pageBreak = "\n\n---\n\n"

/** All pages as one text, and how to find them in it again. */
export function joinPages(pages: readonly Page[]): { text: string; value: Json } {
  return {
    text: pages.map(({ markdown }) => markdown).join(pageBreak),
    value: pages.map(({ number, markdown }) => ({ number, chars: markdown.length })),
  }
}

/** The pages of a document that was read: a part says where, the text beside it what. Null for any other part. */
export function pagesIn(part: Part, siblings: readonly Part[]): Page[] | null {
  if (part.type !== "data" || part.label !== pagesLabel || !Array.isArray(part.value)) return null
  const text = siblings.find((sibling) => sibling.type === "text")?.text
  if (text === undefined) return null
  const pages: Page[] = []
  let from = 0
  for (const entry of part.value) {
    if (!isLength(entry)) return null
    // A text that was changed since, or cut, is shown as it is.
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
