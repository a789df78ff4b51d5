import { hash } from "./random"

/** Endings that change a word's form but hardly its meaning, the longest first. */
const endings = /(?:izations?|ations?|ings?|edly|ments?|ness|ers?|ed|ies|es|ly|s|e|y)$/

/** The part of a word that its forms share: "kittens" and "kitten" are one. */
function stemOf(word: string): string {
  const stem = word.replace(endings, "")
  // A doubled consonant is there only because of the ending, as in "running".
  return stem.length < 3 ? word : stem.replace(/([bdgmnprt])\1$/, "$1")
}

/** Words that stand in every text, and so say little about any. */
const commonWords = new Set(
  "a an and are as at be but by can do for from had has have he her his how i in is it its me my not of on or our she so that the their them they this to was we were what when which who will with you your".split(
    " ",
  ),
)

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .normalize("NFKC")
      .match(/\p{L}[\p{L}\p{M}'’]*|\p{N}+/gu) ?? []
  )
}

const withoutSpaces = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

/** What a word brings in: its stem with most weight, and pieces of it that related words share. */
function* featuresOf(word: string): Generator<[string, number]> {
  if (commonWords.has(word)) {
    yield [`common ${word}`, 0.1]
    return
  }
  if (withoutSpaces.test(word)) {
    const letters = [...word]
    for (const [index, letter] of letters.entries()) {
      yield [`letter ${letter}`, 0.5]
      const next = letters[index + 1]
      if (next) yield [`pair ${letter}${next}`, 1]
    }
    return
  }
  yield [`word ${stemOf(word)}`, 1]
  const framed = [...`^${word}$`]
  for (let at = 0; at + 3 <= framed.length; at++) {
    yield [`part ${framed.slice(at, at + 3).join("")}`, 0.3]
  }
}

/** A direction for a text such that texts with words in common point the same way. Its length is 1. */
export function embed(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions)
  const counts = new Map<string, number>()
  for (const word of wordsOf(text)) {
    for (const [feature, weight] of featuresOf(word)) {
      counts.set(feature, (counts.get(feature) ?? 0) + weight)
    }
  }
  if (counts.size === 0) counts.set(`text ${text}`, 1)
  for (const [feature, count] of counts) {
    const number = hash(feature)
    const at = number % dimensions
    // Half of them count down, so that features which share a place do not add up to likeness.
    const sign = hash(`sign ${feature}`) & 1 ? 1 : -1
    // A word said ten times does not make a text ten times as much about it.
    vector[at] = (vector[at] ?? 0) + sign * Math.sqrt(count) * Math.sign(count)
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1
  return vector.map((value) => value / length)
}
