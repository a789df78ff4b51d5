import { keywords } from "../answers/question"
import { textOfFile } from "./file-text"
import type { StoredFile } from "./store"

/** A piece of a file that speaks of what was asked; `score` is at most 1. */
export interface Passage {
  file: StoredFile
  text: string
  score: number
}

const longestPassage = 700

/** A text in pieces that can be quoted: its paragraphs, long ones cut between sentences. */
function passagesOf(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .flatMap((paragraph) => {
      if (paragraph.length <= longestPassage) return [paragraph]
      return paragraph.match(/[\s\S]{1,650}(?:[.!?\n](?=\s)|$)|[\s\S]{1,700}/g) ?? []
    })
}

/** A word without its ending, so that "apples" finds "apple". */
const stemOf = (word: string) =>
  word.toLowerCase().slice(0, word.length > 6 ? word.length - 2 : Math.min(word.length, 4))

/** What the files say about a question, the best first; nothing when no word is found. */
export function searchFiles(question: string, files: StoredFile[]): Passage[] {
  const stems = [...new Set(keywords(question, 20).map(stemOf))]
  const patterns = stems.map((stem) => new RegExp(`(?<![\\p{L}\\p{N}])${stem}`, "iu"))
  const passages = files.flatMap((file) =>
    passagesOf(textOfFile(file)).map((text) => ({ file, text: text.trim() })),
  )
  // A word that stands everywhere says less about where to look.
  const weights = patterns.map((pattern) => {
    const count = passages.filter(({ text }) => pattern.test(text)).length
    return Math.log(1 + passages.length / (1 + count))
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return passages
    .map(({ file, text }) => {
      const matched = patterns.reduce(
        (sum, pattern, index) => sum + (pattern.test(text) ? (weights[index] ?? 0) : 0),
        0,
      )
      return { file, text, score: total > 0 ? Number((matched / total).toFixed(4)) : 0 }
    })
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
}
