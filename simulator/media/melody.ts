import { pick, series } from "../random"

const sampleRate = 16_000

interface Note {
  startSeconds: number
  lengthSeconds: number
  /** In semitones from the A of 440 Hz. */
  pitch: number
  loudness: number
}

// Chords by the degrees of the major scale they stand on.
const progressions: [number[], ...number[][]] = [
  [0, 4, 5, 3],
  [0, 5, 3, 4],
  [5, 3, 0, 4],
  [0, 3, 1, 4],
]
const scale = [0, 2, 4, 5, 7, 9, 11]

function pitchOf(degree: number, key: number): number {
  const octave = Math.floor(degree / 7)
  return key + octave * 12 + (scale[degree - octave * 7] ?? 0)
}

function notesOf(seed: string, durationSeconds: number): Note[] {
  const next = series(`melody ${seed}`)
  const key = Math.floor(next() * 12) - 14
  const beat = 60 / (76 + next() * 50)
  const chords = pick(`chords ${seed}`, progressions)
  const rhythm = Array.from({ length: 8 }, () => next() < 0.7)
  const notes: Note[] = []
  let degree = 7
  for (let step = 0; step * beat * 0.5 < durationSeconds; step++) {
    const startSeconds = step * beat * 0.5
    const root = chords[Math.floor(step / 8) % chords.length] ?? 0
    const inBar = step % 8
    if (inBar === 0) {
      for (const tone of [0, 2, 4]) {
        const pitch = pitchOf(root + tone, key)
        notes.push({ startSeconds, lengthSeconds: beat * 4, pitch, loudness: 0.16 })
      }
    }
    if (inBar % 4 === 0) {
      const pitch = pitchOf(root, key) - 12
      notes.push({ startSeconds, lengthSeconds: beat * 2, pitch, loudness: 0.3 })
    }
    if (rhythm[inBar]) {
      // On a strong beat the tune meets the chord, in between it wanders.
      const near = Math.round((degree - root) / 2) * 2 + root
      degree = inBar % 4 === 0 ? near : degree + Math.floor(next() * 5) - 2
      degree = Math.min(12, Math.max(5, degree))
      const pitch = pitchOf(degree, key) + 12
      notes.push({ startSeconds, lengthSeconds: beat * 1.2, pitch, loudness: 0.34 })
    }
  }
  return notes
}

function play(sound: Float64Array, { startSeconds, lengthSeconds, pitch, loudness }: Note): void {
  const start = Math.round(startSeconds * sampleRate)
  const end = Math.min(sound.length, start + Math.round(lengthSeconds * sampleRate))
  const turn = (2 * Math.PI * 440 * 2 ** (pitch / 12)) / sampleRate
  for (let index = start; index < end; index++) {
    const at = index - start
    const attack = Math.min(1, at / (0.012 * sampleRate))
    const release = Math.min(1, (end - index) / (0.05 * sampleRate))
    const swell = attack * release * Math.exp((-2.2 * at) / (end - start))
    const wave =
      Math.sin(turn * at) + 0.35 * Math.sin(2 * turn * at) + 0.12 * Math.sin(3 * turn * at)
    sound[index] = (sound[index] ?? 0) + wave * swell * loudness
  }
}

/** A little tune over chords, always the same one for a text. */
export function composeMelody(seed: string, durationSeconds: number) {
  const sound = new Float64Array(Math.round(durationSeconds * sampleRate))
  for (const note of notesOf(seed, durationSeconds)) play(sound, note)
  const samples = Int16Array.from(sound, (value, index) => {
    const left = (sound.length - index) / sampleRate
    // What would be too loud bends instead of breaking; the last second fades.
    return Math.round(Math.tanh(value) * Math.min(1, left) * 24_000)
  })
  return { samples, sampleRate }
}
