import "server-only"

/** Maximum characters of a passage: a few paragraphs. */
const longest = 1_200

/** Splits a text at paragraph and sentence ends into passages long enough to be understood on their own. */
export function passagesOf(text: string): string[] {
  const passages: string[] = []
  let passage = ""
  for (const piece of text.split(/\n\s*\n/).flatMap(shortened)) {
    if (passage !== "" && passage.length + piece.length > longest) {
      passages.push(passage)
      passage = ""
    }
    passage += passage === "" ? piece : `\n\n${piece}`
  }
  return passage === "" ? passages : [...passages, passage]
}

/** Splits an overlong paragraph into sentences, and an overlong sentence at the limit. */
function shortened(paragraph: string): string[] {
  const trimmed = paragraph.trim()
  if (trimmed.length <= longest) return trimmed === "" ? [] : [trimmed]
  const sentences = trimmed.match(/[^.!?。！？]+[.!?。！？]*\s*/gu) ?? [trimmed]
  return sentences.flatMap((sentence) => {
    const cuts = Math.ceil(sentence.length / longest)
    return Array.from({ length: cuts }, (_, index) =>
      sentence.slice(index * longest, (index + 1) * longest).trim(),
    ).filter((cut) => cut !== "")
  })
}

/**
 * Of more passages than can be compared those that have the most words of the query, and of equals some from
 * everywhere; in their order.
 */
export function likeliest<Passage extends { text: string }>(
  passages: readonly Passage[],
  query: string,
  count: number,
): readonly Passage[] {
  if (passages.length <= count) return passages
  const words = [...new Set(fold(query).match(wordPattern))]
  return passages
    .map((passage, index) => {
      const text = fold(passage.text)
      const found = words.filter((word) => text.includes(word)).length
      return { passage, index, found, turn: (index * goldenRatio) % 1 }
    })
    .sort((a, b) => b.found - a.found || a.turn - b.turn)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map(({ passage }) => passage)
}

const fold = (text: string) => text.normalize("NFKC").toLowerCase()
/** Scripts without spaces between words go by the character. */
const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]{2,}/gu
/** The multiples of this, without what is before the point, lie evenly wherever one stops. */
const goldenRatio = 0.618_033_988_75

/** The indexes of the vectors closest to `query` by cosine, closest first. */
export function nearest(
  wanted: readonly number[],
  known: readonly (readonly number[])[],
  count: number,
): number[] {
  return known
    .map((vector, index) => ({ index, nearness: cosine(wanted, vector) }))
    .sort((a, b) => b.nearness - a.nearness)
    .slice(0, count)
    .map(({ index }) => index)
}

function cosine(a: readonly number[], b: readonly number[]): number {
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (let index = 0; index < a.length; index++) {
    const [x = 0, y = 0] = [a[index], b[index]]
    product += x * y
    squaresA += x * x
    squaresB += y * y
  }
  return squaresA === 0 || squaresB === 0 ? 0 : product / Math.sqrt(squaresA * squaresB)
}
