import type { Piece } from "./compose"
import { hash, token } from "./random"

const sampleRate = 24_000
const longestWords = 80
// A pentatonic scale: whatever the words, the notes sound well after each other.
const notesHz = [262, 294, 330, 392, 440, 523]

/** One note a word, so that a text can be heard to be this text; 16 bits, mono, 24 kHz. */
function samplesOf(text: string): Buffer {
  const words = (text.match(/\S+/g) ?? ["-"]).slice(0, longestWords)
  const notes = words.map((word) => {
    const frequency = notesHz[hash(word) % notesHz.length] ?? 262
    const length = Math.round(sampleRate * Math.min(0.3, 0.08 + word.length * 0.015))
    const note = Buffer.alloc(length * 2)
    for (let index = 0; index < length; index++) {
      const swell = Math.sin((Math.PI * index) / length)
      const wave = Math.sin((2 * Math.PI * frequency * index) / sampleRate)
      note.writeInt16LE(Math.round(wave * swell * 9_000), index * 2)
    }
    return note
  })
  return Buffer.concat(notes)
}

function withWaveHeader(samples: Buffer): Buffer {
  const header = Buffer.alloc(44)
  header.write("RIFF", 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write("WAVEfmt ", 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write("data", 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

const joined = (pieces: Piece[]) => pieces.map((piece) => piece.text).join("")

const expiry = () => Math.floor(Date.now() / 1000) + 3_600

/** The `audio` member of a whole answer: a WAV, whatever compression was asked for. */
export function spokenMessage(said: Piece[]): object {
  const transcript = joined(said)
  return {
    id: `audio_${token(transcript, 24).toLowerCase()}`,
    data: withWaveHeader(samplesOf(transcript)).toString("base64"),
    transcript,
    expires_at: expiry(),
  }
}

/** The `audio` members of a stream: words and sound by turns, the sound bare of a header. */
export function* spokenDeltas(said: Piece[]): Generator<{ audio: object; piece?: Piece }> {
  const id = `audio_${token(joined(said), 24).toLowerCase()}`
  const samples = samplesOf(joined(said))
  // Base64 of a multiple of three bytes can be joined without padding; six also keeps samples whole.
  const stepBytes = 6 * Math.max(1, Math.ceil(samples.length / Math.max(1, said.length) / 6))
  for (const [index, piece] of said.entries()) {
    yield { audio: { id, transcript: piece.text }, piece }
    const part = samples.subarray(index * stepBytes, (index + 1) * stepBytes)
    if (part.length > 0) yield { audio: { id, data: part.toString("base64") } }
  }
  yield { audio: { id, expires_at: expiry() } }
}
