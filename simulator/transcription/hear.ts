import { createHash } from "node:crypto"
import { hash } from "../random"
import type { Source } from "../reading/source"
import { planSpeech } from "../speech/plan"
import { type Audio, readAudio } from "./audio"

/** A word and when it is spoken, in seconds. */
export interface HeardWord {
  text: string
  start: number
  end: number
}

/** What was heard in a recording. */
export interface Heard {
  text: string
  words: HeardWord[]
  durationSeconds: number
  channels: number
  /** Of the file; all that is made up about it grows from this. */
  sha256: string
}

const decimals = (value: number) => Number(value.toFixed(2))

function secondsOf({ durationSeconds, isExact }: Audio): string {
  return `${isExact ? "" : "about "}${durationSeconds.toFixed(1)} seconds`
}

/** There are no ears here, so what cannot be known is not made up: only the file is described. */
function described(name: string, audio: Audio): string {
  const { format, sampleRate, channels, isSilent } = audio
  const facts = [
    format === "unknown" ? "no sound format it knows" : `a ${format} file`,
    secondsOf(audio),
    sampleRate && `${sampleRate.toLocaleString("en")} hertz`,
    channels && (channels === 1 ? "one channel" : `${channels} channels`),
  ].filter(Boolean)
  const loudness =
    isSilent === undefined ? "" : isSilent ? " It is silent throughout." : " It is not silent."
  return `This is the simulator, which cannot understand speech. It was given ${name}: ${facts.join(", ")}.${loudness}`
}

function unopened(name: string): string {
  return `This is the simulator, which has no network. It would have listened to ${name}, but could not open it.`
}

/** The words with the times at which they stand in a recording of the given length. */
function timed(text: string, durationSeconds: number): HeardWord[] {
  const { words, durationMs } = planSpeech(text)
  const scale = durationSeconds / durationMs
  return words.map(({ word, startMs, endMs }) => ({
    text: word,
    start: decimals(startMs * scale),
    end: decimals(endMs * scale),
  }))
}

/** Listens to a file: what this simulator spoke itself is heard word for word. */
export function hear({ name, bytes }: Source, scripted?: string): Heard {
  const audio = bytes && readAudio(bytes)
  const durationSeconds = decimals(
    audio ? audio.durationSeconds : 5 + (hash(`length ${name}`) % 600) / 10,
  )
  const text = scripted ?? (audio ? (audio.spokenText ?? described(name, audio)) : unopened(name))
  return {
    text,
    words: timed(text, durationSeconds),
    durationSeconds,
    channels: audio?.channels ?? 1,
    sha256: createHash("sha256")
      .update(bytes ?? name)
      .digest("hex"),
  }
}
