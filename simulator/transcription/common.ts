import { createHash } from "node:crypto"
import { series } from "../random"
import type { HeardWord } from "./hear"

/** The members of a request, among them those that ask for more than the words. */
export type Asked = Record<string, unknown>

/** An id that is the same for the same recording. */
export function uuidOf(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex")
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
  ]
  return [...parts, hex.slice(20, 32)].join("-")
}

/** Words with spaces between them, where the script has any. */
function joined(words: HeardWord[]): string {
  const spaced = words.map((word) => word.text).join(" ")
  return spaced.replace(/(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。]) /gu, "")
}

/** Words up to a full stop. */
export interface Sentence {
  text: string
  start: number
  end: number
  words: HeardWord[]
}

/** Cuts words into sentences. */
export function sentencesOf(words: HeardWord[]): Sentence[] {
  const groups: HeardWord[][] = [[]]
  for (const word of words) {
    groups.at(-1)?.push(word)
    if (/[.!?…。！？]["'”’)]*$/.test(word.text)) groups.push([])
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)]
    if (!first || !last) return []
    const text = joined(group)
    return [{ text, start: first.start, end: last.end, words: group }]
  })
}

/** How sure the model is of each word: mostly very. */
export function confidences(seed: string): () => number {
  const next = series(`confidence ${seed}`)
  return () => Number((0.94 + next() * 0.059).toFixed(6))
}
