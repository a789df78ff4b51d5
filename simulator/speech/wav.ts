/** What this simulator writes into the audio it speaks, so that it can be told what was said. */
const softwareMark = "Polylogue simulator"

interface Chunk {
  id: string
  body: Buffer
}

function written({ id, body }: Chunk): Buffer {
  const head = Buffer.alloc(8)
  head.write(id, "latin1")
  head.writeUInt32LE(body.length, 4)
  // Chunks begin at even places; the odd byte does not count as length.
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

function format(sampleRate: number): Buffer {
  const body = Buffer.alloc(16)
  body.writeUInt16LE(1, 0)
  body.writeUInt16LE(1, 2)
  body.writeUInt32LE(sampleRate, 4)
  body.writeUInt32LE(sampleRate * 2, 8)
  body.writeUInt16LE(2, 12)
  body.writeUInt16LE(16, 14)
  return body
}

/** Mono 16-bit samples as a WAV file that knows which words it speaks. */
export function writeWav(samples: Int16Array, sampleRate: number, text: string): Buffer {
  const sound = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  const info = Buffer.concat([
    Buffer.from("INFO", "latin1"),
    written({ id: "ISFT", body: Buffer.from(`${softwareMark}\0`, "utf8") }),
    written({ id: "ICMT", body: Buffer.from(`${text}\0`, "utf8") }),
  ])
  const chunks = Buffer.concat([
    written({ id: "fmt ", body: format(sampleRate) }),
    written({ id: "data", body: sound }),
    // Behind the sound, since simple players look for it at the 44th byte.
    written({ id: "LIST", body: info }),
  ])
  return written({ id: "RIFF", body: Buffer.concat([Buffer.from("WAVE", "latin1"), chunks]) })
}

function* chunksOf(bytes: Buffer): Generator<Chunk> {
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    // Recorders that stream write a size they do not know yet; then the rest is meant.
    yield { id: bytes.toString("latin1", at, at + 4), body: bytes.subarray(at + 8, at + 8 + size) }
    at += 8 + size + (size % 2)
  }
}

/** What a WAV file says about itself. */
export interface WavFacts {
  sampleRate: number
  channels: number
  durationSeconds: number
  isSilent: boolean
  /** The words, if the simulator spoke them. */
  spokenText?: string
}

/** Whether no sample is louder than the hiss of an open microphone. */
function isQuiet(sound: Buffer, bitsPerSample: number): boolean {
  if (bitsPerSample === 8) return sound.every((value) => Math.abs(value - 128) < 2)
  const step = bitsPerSample / 8
  for (let at = 0; at + step <= sound.length; at += step) {
    const loudness = bitsPerSample === 32 ? sound.readInt32LE(at) : sound.readIntLE(at, step)
    if (Math.abs(loudness) > 2 ** (bitsPerSample - 1) * 0.002) return false
  }
  return true
}

const withoutEnd = (body: Buffer) => body.toString("utf8").replace(/\0+$/, "")

function spokenIn(list: Buffer): string | undefined {
  if (list.toString("latin1", 0, 4) !== "INFO") return undefined
  const notes = new Map([...chunksOf(list.subarray(4))].map(({ id, body }) => [id, body]))
  const [software, comment] = [notes.get("ISFT"), notes.get("ICMT")]
  return software && comment && withoutEnd(software) === softwareMark
    ? withoutEnd(comment)
    : undefined
}

/** Reads a WAV file; nothing if it is none. */
export function readWav(bytes: Buffer): WavFacts | undefined {
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE") {
    return undefined
  }
  const chunks = new Map([...chunksOf(bytes.subarray(12))].map(({ id, body }) => [id, body]))
  const [description, sound, list] = [chunks.get("fmt "), chunks.get("data"), chunks.get("LIST")]
  if (!description || description.length < 16 || !sound) return undefined
  const bytesPerSecond = description.readUInt32LE(8)
  const bitsPerSample = description.readUInt16LE(14)
  const isPcm = description.readUInt16LE(0) === 1 && [8, 16, 24, 32].includes(bitsPerSample)
  const spokenText = list && spokenIn(list)
  return {
    sampleRate: description.readUInt32LE(4),
    channels: description.readUInt16LE(2),
    durationSeconds: bytesPerSecond > 0 ? sound.length / bytesPerSecond : 0,
    isSilent: sound.length === 0 || (isPcm && isQuiet(sound, bitsPerSample)),
    ...(spokenText !== undefined && { spokenText }),
  }
}
