/** What a text is found by: any of these, where all words of one have to be there. */
export type Terms = RegExp[][]

export interface Span {
  start: number
  end: number
}

function wordPattern(word: string): RegExp {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/[\s-]+/g, "[\\s-]*")
  // Chinese has no spaces between words, and Arabic fastens its articles to them.
  if (/[\p{Script=Han}\p{Script=Arabic}]/u.test(word)) return new RegExp(escaped, "iu")
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?:e?s)?(?![\\p{L}\\p{N}])`, "iu")
}

/** Terms as the prepared texts list them: `sky + blue, sunset`. */
export function parseTerms(list = ""): Terms {
  return list
    .split(",")
    .map((term) => term.trim())
    .filter(Boolean)
    .map((term) => term.split(/\s\+\s/).map(wordPattern))
}

/** Where the terms stand in a text: the longest of those found, seen from its first word. */
export function findTerms(terms: Terms, text: string): Span | undefined {
  const spans = terms.flatMap((words) => {
    const found = words.map((word) => word.exec(text))
    const [first] = found
      .filter((match) => match !== null)
      .sort((left, right) => left.index - right.index)
    if (!first || found.includes(null)) return []
    return { start: first.index, end: first.index + first[0].length }
  })
  return spans.sort((left, right) => right.end - right.start - (left.end - left.start))[0]
}
