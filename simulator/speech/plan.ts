/** A word and the moments in which it is spoken. */
export interface PlannedWord {
  word: string
  startMs: number
  endMs: number
}

const restMs = 120
const letterMs = 75

/** Words as they are written; a run of Han or Kana is spoken, and timed, letter by letter. */
function wordsOf(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{P}*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
    ) ?? []
  )
}

/** The rest after a word: a short one, or a breath where the sentence has a sign for it. */
function pauseAfterMs(word: string): number {
  if (/[.!?…。！？]["'”’)]*$/.test(word)) return 340
  return /[,;:–—，、]["'”’)]*$/.test(word) ? 180 : 35
}

/** When each word of a text is spoken, at a speed of 1 as a rule. The text alone decides. */
export function planSpeech(text: string, speed = 1): { words: PlannedWord[]; durationMs: number } {
  // Rests shrink with the words, so that times can be scaled from the length of a recording.
  let atMs = restMs / speed
  const words = wordsOf(text).map((word) => {
    const startMs = atMs
    const letters = word.replace(/[^\p{L}\p{N}]/gu, "").length
    const endMs = startMs + (Math.max(letters, 2) * letterMs) / speed
    atMs = endMs + pauseAfterMs(word) / speed
    return { word, startMs, endMs }
  })
  return { words, durationMs: atMs + restMs / speed }
}
