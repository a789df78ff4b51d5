import { readWav } from "../speech/wav"

/** What a sound file says about itself. Without `isExact` the length is guessed from the size. */
export interface Audio {
  format: string
  durationSeconds: number
  isExact: boolean
  sampleRate?: number
  channels?: number
  isSilent?: boolean
  /** The words, if this simulator spoke them. */
  spokenText?: string
}

const bitrates: Record<number, readonly number[]> = {
  // Kilobits a second of layer III, by MPEG version: 3 is MPEG 1, the others are slower.
  3: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
}
const sampleRates: Record<number, readonly number[]> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
}

function frameAt(bytes: Buffer, at: number): Audio | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined
  const [second = 0, third = 0, fourth = 0] = bytes.subarray(at + 1, at + 4)
  const version = (second >> 3) & 3
  const isLayerThree = (second & 0xe0) === 0xe0 && ((second >> 1) & 3) === 1
  const kilobits = (bitrates[version === 3 ? 3 : 2] ?? [])[third >> 4]
  const sampleRate = (sampleRates[version] ?? [])[(third >> 2) & 3]
  if (!isLayerThree || !kilobits || !sampleRate) return undefined
  return {
    format: "MP3",
    durationSeconds: ((bytes.length - at) * 8) / (kilobits * 1000),
    isExact: true,
    sampleRate,
    channels: fourth >> 6 === 3 ? 1 : 2,
  }
}

/** The first frame tells for all, which holds for a constant bit rate. */
function readMp3(bytes: Buffer): Audio | undefined {
  const hasTag = bytes.toString("latin1", 0, 3) === "ID3" && bytes.length > 10
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10)
  const start = hasTag ? 10 + ((a << 21) | (b << 14) | (c << 7) | d) : 0
  for (let at = start; at < Math.min(start + 4096, bytes.length); at++) {
    const frame = frameAt(bytes, at)
    if (frame) return frame
  }
  return undefined
}

function readFlac(bytes: Buffer): Audio | undefined {
  if (bytes.toString("latin1", 0, 4) !== "fLaC" || bytes.length < 26) return undefined
  const head = bytes.readUInt32BE(18)
  const sampleRate = head >>> 12
  const samples = (head & 0xf) * 2 ** 32 + bytes.readUInt32BE(22)
  if (sampleRate === 0) return undefined
  return {
    format: "FLAC",
    durationSeconds: samples / sampleRate,
    isExact: true,
    sampleRate,
    channels: ((head >>> 9) & 7) + 1,
  }
}

/** The last page of an Ogg stream counts its samples, for Opus always 48,000 a second. */
function readOgg(bytes: Buffer): Audio | undefined {
  if (bytes.toString("latin1", 0, 4) !== "OggS") return undefined
  const last = bytes.lastIndexOf("OggS", undefined, "latin1")
  if (!bytes.subarray(0, 100).includes("OpusHead") || last + 14 > bytes.length) return undefined
  const samples = Number(bytes.readBigUInt64LE(last + 6))
  return {
    format: "Ogg Opus",
    durationSeconds: samples / 48_000,
    isExact: true,
    sampleRate: 48_000,
  }
}

const magics: [string, number, string][] = [
  ["WebM", 0, "\x1a\x45\xdf\xa3"],
  ["Ogg", 0, "OggS"],
  ["MP4", 4, "ftyp"],
]

/** Reads what can be read of a sound file without decoding it. */
export function readAudio(bytes: Buffer): Audio {
  const wav = readWav(bytes)
  if (wav) return { format: "WAV", isExact: true, ...wav }
  const known = readFlac(bytes) ?? readOgg(bytes)
  if (known) return known
  const container = magics.find(
    ([, at, magic]) => bytes.toString("latin1", at, at + magic.length) === magic,
  )
  const guessed = { durationSeconds: bytes.length / 4_000, isExact: false }
  if (container) return { format: container[0], ...guessed }
  return readMp3(bytes) ?? { format: "unknown", ...guessed }
}
