import { limits } from "../base/limits"

/** Only this much is searched for a title: even a pasted book has its first line early. */
const readChars = 4_000
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** A title from the first question: its first non-empty line without markup, cut between words. */
export function titleFrom(question: string): string {
  for (const line of question.slice(0, readChars).split("\n")) {
    const title = cutTitle(withoutMarkup(line))
    if (title !== "") return title
  }
  return "New chat"
}

/** A title typed by a person: one line, no control characters, within the limit. */
export function cutTitle(text: string): string {
  const line = text
    .slice(0, readChars)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim()
  const pieces: string[] = []
  // Segmenting graphemes is slow, so it stops at the limit.
  for (const { segment } of graphemes.segment(line)) {
    if (pieces.push(segment) > limits.titleGraphemes) break
  }
  if (pieces.length <= limits.titleGraphemes) return line
  const cut = pieces.slice(0, limits.titleGraphemes - 1).join("")
  const lastSpace = cut.lastIndexOf(" ")
  return `${(lastSpace > cut.length / 2 ? cut.slice(0, lastSpace) : cut).trimEnd()}…`
}

function withoutMarkup(line: string): string {
  return line
    .replace(/^\s*(#{1,6}|>|[-*+]|\d+\.|```\w*)\s+/, "")
    .replace(/(?<![\w*])(\*\*|__|[*`])(?=\S)(.+?)(?<=\S)\1(?![\w*])/g, "$2")
    .trim()
}
