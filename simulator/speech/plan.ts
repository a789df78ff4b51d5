import { type Phone, pauseAfter, phonesOf } from "./phones"

/** A word with its sounds and the moments in which it is spoken. */
export interface PlannedWord {
  word: string
  phones: Phone[]
  startMs: number
  endMs: number
  isQuestion: boolean
}

const restMs = 120

/** Words as they are written; a run of Han or Kana is spoken, and timed, letter by letter. */
function wordsOf(text: string): string[] {
  return (
    text.match(
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{P}*|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
    ) ?? []
  )
}

/** When each word of a text is spoken, at a speed of 1 as a rule. The text alone decides. */
export function planSpeech(text: string, speed = 1): { words: PlannedWord[]; durationMs: number } {
  // Rests shrink with the words, so that times can be scaled from the length of a recording.
  const aroundMs = restMs / speed
  let atMs = aroundMs
  const words = wordsOf(text).map((word) => {
    const phones = phonesOf(word).map((phone) => faster(phone, speed))
    const pause = faster(pauseAfter(word), speed)
    const startMs = atMs
    const endMs = startMs + phones.reduce((sum, { durationMs }) => sum + durationMs, 0)
    atMs = endMs + pause.durationMs
    return { word, phones: [...phones, pause], startMs, endMs, isQuestion: word.includes("?") }
  })
  return { words, durationMs: atMs + aroundMs }
}

function faster(phone: Phone, speed: number): Phone {
  return { ...phone, durationMs: phone.durationMs / speed }
}
