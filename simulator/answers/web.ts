import type { Found } from "../search/links"

/** What was found on the web for a question, and how the answer is to tell it. */
export interface Web {
  found: Found[]
  subject: string
  /** Numbers that count through a list, or links whose places in the text are annotated. */
  tells: "citations" | "annotations"
}

function mark({ found, tells }: Web, index: number): string {
  const page = found[index]
  if (!page) return ""
  return tells === "citations" ? ` [${index + 1}]` : ` ([${new URL(page.url).host}](${page.url}))`
}

const isFence = (line: string) => line.startsWith("```")
const isProse = (line: string) => /^[\p{L}*_"(]/u.test(line) && /[.!?]$/.test(line)

/** A text whose paragraphs say in turn which page they are from. */
export function withMarks(text: string, web: Web): string {
  if (web.found.length === 0) return text
  let inFence = false
  let marks = 0
  const lines = text.split("\n").map((line, index, all) => {
    if (isFence(line)) inFence = !inFence
    const isLast = (all[index + 1] ?? "") === ""
    if (inFence || !isLast || !isProse(line)) return line
    return line + mark(web, marks++ % web.found.length)
  })
  const marked = lines.join("\n")
  return marks > 0 ? marked : `${marked}\n\nMore can be read elsewhere.${mark(web, 0)}`
}

/** The answer where nothing is known but where to look. */
export function pagesFound(web: Web): string {
  const { found, subject } = web
  const note = "*The simulator searches nothing; these lead to the search pages of real sites.*"
  if (found.length === 0) return `I searched the web for ${subject}.\n\n${note}`
  const list = found.map(({ title }, index) => `- ${title}${mark(web, index)}`).join("\n")
  return `There is more to read about ${subject} on ${found.length} pages:\n\n${list}\n\n${note}`
}

/** The places of a text that lean on a page. */
export function annotationsOf(text: string, { found, tells }: Web): object[] {
  if (tells !== "annotations") return []
  return found.flatMap((page, index) => {
    const link = mark({ found, tells, subject: "" }, index).trim()
    const start = text.indexOf(link)
    if (start < 0) return []
    const { url, title } = page
    const place = { start_index: start, end_index: start + link.length }
    return [{ type: "url_citation", url_citation: { ...place, title, url } }]
  })
}
