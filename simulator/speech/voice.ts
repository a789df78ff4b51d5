import { hash } from "../random"
import type { Phone } from "./phones"
import { type PlannedWord, planSpeech } from "./plan"
import { writeWav } from "./wav"

/** How a text is to be spoken. */
export interface Delivery {
  voice: string
  speed: number
  sampleRate: number
}

interface Throat {
  pitchHz: number
  /** How much shorter or longer than average: it moves all formants. */
  size: number
}

function throatOf(voice: string): Throat {
  const height = (hash(`voice ${voice}`) % 1000) / 1000
  return { pitchHz: 95 * 2 ** (height * 1.2), size: 0.92 + height * 0.22 }
}

/** A resonator: what it is fed rings at one frequency for a while. */
function createResonator(sampleRate: number) {
  let [gain, near, far, last, before] = [1, 0, 0, 0, 0]
  return {
    tune(frequencyHz: number, bandwidthHz: number): void {
      const decay = Math.exp((-Math.PI * bandwidthHz) / sampleRate)
      far = -decay * decay
      near =
        2 * decay * Math.cos((2 * Math.PI * Math.min(frequencyHz, sampleRate * 0.45)) / sampleRate)
      gain = 1 - near - far
    },
    ring(input: number): number {
      const output = gain * input + near * last + far * before
      before = last
      last = output
      return output
    },
  }
}

interface Mouth {
  formants: [number, number, number]
  voice: number
  noise: number
  noiseHz: number
}

/** Moves the mouth a step towards a sound, since nothing in it can jump. */
function approach(mouth: Mouth, { formants, voice, noise, noiseHz }: Phone, share: number): void {
  const towards = (now: number, goal: number) => now + (goal - now) * share
  mouth.formants = [
    towards(mouth.formants[0], formants[0]),
    towards(mouth.formants[1], formants[1]),
    towards(mouth.formants[2], formants[2]),
  ]
  mouth.voice = towards(mouth.voice, voice)
  mouth.noise = towards(mouth.noise, noise)
  mouth.noiseHz = noiseHz
}

/** The melody: it sinks through a sentence, and rises at the end of a question. */
function pitchAt(throat: Throat, word: PlannedWord, atMs: number, sentenceMs: number): number {
  const sinking = 1.12 - Math.min(sentenceMs / 4000, 1) * 0.24
  const within = (atMs - word.startMs) / Math.max(1, word.endMs - word.startMs)
  const rising = word.isQuestion ? 1 + Math.max(0, Math.min(within, 1)) * 0.45 : 1
  return throat.pitchHz * sinking * rising * (1 + 0.015 * Math.sin(atMs / 31))
}

const frameMs = 4

/** Breath: white noise that is the same each time (xorshift). */
function createNoise(seed: number): () => number {
  let state = seed | 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state / 0x8000_0000
  }
}

/** Throat and mouth as one instrument that adds a sound to what it has sung so far. */
function createInstrument({ sampleRate, voice }: Delivery, throat: Throat, sound: Float32Array) {
  const resonator = () => createResonator(sampleRate)
  const [first, second, third, breath] = [resonator(), resonator(), resonator(), resonator()]
  const noise = createNoise(hash(`breath ${voice}`))
  const mouth: Mouth = { formants: [500, 1500, 2500], voice: 0, noise: 0, noiseHz: 1500 }
  let [at, phase, step] = [0, 0, 0]
  return (phone: Phone, untilMs: number, pitchHzAt: (atMs: number) => number): void => {
    const end = Math.min(Math.round((untilMs / 1000) * sampleRate), sound.length)
    const frame = Math.round((frameMs / 1000) * sampleRate)
    for (; at < end; at++) {
      if (at % frame === 0) {
        approach(mouth, phone, 0.3)
        first.tune(mouth.formants[0] * throat.size, 70)
        second.tune(mouth.formants[1] * throat.size, 100)
        third.tune(mouth.formants[2] * throat.size, 150)
        breath.tune(mouth.noiseHz, 900)
        step = pitchHzAt((at / sampleRate) * 1000) / sampleRate
      }
      phase = phase + step >= 1 ? phase + step - 1 : phase + step
      // The vocal folds open slowly and close at once.
      const folds = phase < 0.6 ? Math.sin((Math.PI * phase) / 1.2) ** 2 - 0.3 : -0.3
      const hiss = noise()
      const voiced = third.ring(second.ring(first.ring(folds * mouth.voice + hiss * 0.01)))
      sound[at] = voiced + breath.ring(hiss) * mouth.noise
    }
  }
}

const rest: Phone = {
  durationMs: 0,
  formants: [500, 1500, 2500],
  voice: 0,
  noise: 0,
  noiseHz: 1500,
}

function sing(words: PlannedWord[], durationMs: number, delivery: Delivery): Float32Array {
  const throat = throatOf(delivery.voice)
  const sound = new Float32Array(Math.ceil((durationMs / 1000) * delivery.sampleRate))
  const play = createInstrument(delivery, throat, sound)
  let sentenceStartMs = 0
  for (const word of words) {
    let atMs = word.startMs
    play(rest, atMs, () => throat.pitchHz)
    for (const phone of word.phones) {
      atMs += phone.durationMs
      play(phone, atMs, (nowMs) => pitchAt(throat, word, nowMs, nowMs - sentenceStartMs))
    }
    if (atMs - word.endMs > 300 / delivery.speed) sentenceStartMs = atMs
  }
  return sound
}

function loud(sound: Float32Array): Int16Array {
  let peak = 1e-6
  for (const value of sound) peak = Math.max(peak, Math.abs(value))
  const samples = new Int16Array(sound.length)
  for (let at = 0; at < sound.length; at++) samples[at] = ((sound[at] ?? 0) / peak) * 24_000
  return samples
}

/** Speaks a text: syllables that follow its letters, in a WAV file that carries the words as well. */
export function speak(text: string, delivery: Delivery): Buffer {
  const { words, durationMs } = planSpeech(text, delivery.speed)
  return writeWav(loud(sing(words, durationMs, delivery)), delivery.sampleRate, text)
}
