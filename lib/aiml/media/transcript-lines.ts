import { z } from "zod"
import { trimEndOf } from "../../base/text-end"
import type { TranscriptLine } from "../../message/transcript"

const speakerSchema = z.union([z.string(), z.number()]).nullish().catch(null)
const word = z.looseObject({
  punctuated_word: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  word: z.string().optional().catch(undefined),
  start: z.number(),
  end: z.number(),
  speaker: speakerSchema,
})
const spoken = z.looseObject({
  text: z.string().optional().catch(undefined),
  transcript: z.string().optional().catch(undefined),
  start: z.number(),
  end: z.number(),
  speaker: speakerSchema,
})

/** A model's timing data in its own format; word timings are the most precise. */
export type Timed = {
  /** Per channel, since channels may have different speakers. */
  words: readonly (readonly unknown[])[]
  utterances: readonly unknown[]
  /** The duration of the recording; distinguishes seconds from milliseconds. */
  seconds: number | null
}

/** The segments in order; empty if there are no timings. */
export function linesOf({ words, utterances, seconds }: Timed): TranscriptLine[] {
  const lines = words.flatMap((channel, index) => {
    const name = words.length > 1 ? `Channel ${index + 1}` : null
    return gathered(
      channel.flatMap(readWord).map((line) => ({ ...line, speaker: line.speaker ?? name })),
    )
  })
  const found = lines.length > 0 ? lines : utterances.flatMap(readUtterance)
  const factor = isInMilliseconds(found, seconds) ? 1_000 : 1
  return found
    .map((line) => ({ ...line, start: line.start / factor, end: line.end / factor }))
    .toSorted((a, b) => a.start - b.start)
}

/** A segment ends here even without punctuation. */
const longestChars = 240

/** Groups words into segments, up to the end of a sentence or a change of speaker. */
function gathered(words: readonly TranscriptLine[]): TranscriptLine[] {
  const lines: TranscriptLine[] = []
  let isOpen = false
  for (const word of words) {
    const line = lines.at(-1)
    if (line && isOpen && line.speaker === word.speaker) {
      const text = `${line.text}${needsSpace(line.text, word.text) ? " " : ""}${word.text}`
      lines[lines.length - 1] = { ...line, end: word.end, text }
    } else lines.push(word)
    const text = lines.at(-1)?.text ?? ""
    const last = trimEndOf(`"'”’)`, text).at(-1)
    isOpen = !(last && ".!?…。！？".includes(last)) && text.length < longestChars
  }
  return lines
}

/** Chinese and Japanese are written without spaces. */
function needsSpace(before: string, after: string): boolean {
  return !(unspaced.test(before.at(-1) ?? "") && unspaced.test(after.charAt(0)))
}
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、，]/u

function readWord(value: unknown): TranscriptLine[] {
  const parsed = word.safeParse(value)
  if (!parsed.success) return []
  const { punctuated_word, text, word: plain, ...rest } = parsed.data
  return toLine(punctuated_word ?? text ?? plain, rest)
}

function readUtterance(value: unknown): TranscriptLine[] {
  const parsed = spoken.safeParse(value)
  if (!parsed.success) return []
  const { text, transcript, ...rest } = parsed.data
  return toLine(text ?? transcript, rest)
}

function toLine(
  text: string | undefined,
  { start, end, speaker }: { start: number; end: number; speaker?: string | number | null },
): TranscriptLine[] {
  const words = text?.trim()
  return words ? [{ start, end, speaker: speakerName(speaker), text: words }] : []
}

/** Speakers are numbered from zero or have letters. */
function speakerName(speaker: string | number | null | undefined): string | null {
  if (typeof speaker === "number") return `Speaker ${speaker + 1}`
  if (!speaker) return null
  return /^[A-Z\d]$/.test(speaker) ? `Speaker ${speaker}` : speaker
}

/**
 * Some models use integer milliseconds without saying so; as seconds, the transcript would be far longer than the
 * recording.
 */
function isInMilliseconds(lines: readonly TranscriptLine[], seconds: number | null): boolean {
  const last = Math.max(0, ...lines.map(({ end }) => end))
  if (seconds !== null) return last > 10 * (seconds + 1)
  return last > 100 && lines.every(({ start, end }) => Number.isInteger(start + end))
}
