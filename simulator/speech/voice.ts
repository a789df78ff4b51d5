import { hash } from "../random"
import { type PlannedWord, planSpeech } from "./plan"
import { writeWav } from "./wav"

/** How a text is to be spoken. */
export interface Delivery {
  voice: string
  speed: number
  sampleRate: number
}

/** A word as a tone of its own that swells and dies away, in the height of a voice. */
function hum(sound: Int16Array, { word, startMs, endMs }: PlannedWord, delivery: Delivery): void {
  const { voice, sampleRate } = delivery
  const pitchHz = 95 * 2 ** ((hash(`voice ${voice}`) % 1_000) / 830 + (hash(word) % 7) / 12)
  const start = Math.round((startMs / 1_000) * sampleRate)
  const length = Math.round(((endMs - startMs) / 1_000) * sampleRate)
  for (let at = 0; at < length && start + at < sound.length; at++) {
    const turn = (2 * Math.PI * pitchHz * at) / sampleRate
    const tone = Math.sin(turn) + Math.sin(2 * turn) / 2 + Math.sin(3 * turn) / 3
    sound[start + at] = 10_000 * Math.sin((Math.PI * at) / length) * tone
  }
}

/** Speaks a text: a tone for each word, in a WAV file that carries the words as well. */
export function speak(text: string, delivery: Delivery): Buffer {
  const { words, durationMs } = planSpeech(text, delivery.speed)
  const sound = new Int16Array(Math.ceil((durationMs / 1_000) * delivery.sampleRate))
  for (const word of words) hum(sound, word, delivery)
  return writeWav(sound, delivery.sampleRate, text)
}
