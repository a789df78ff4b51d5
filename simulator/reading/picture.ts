import { inflateSync } from "node:zlib"
import { decodePng, type Pixels, pngChunks } from "./png"
import { readTiff } from "./tiff"

/** What a picture file says about itself without being understood. */
export interface Picture {
  format: "PNG" | "JPEG" | "GIF" | "BMP" | "WebP" | "TIFF"
  width: number
  height: number
  /** The words that are stored in the file beside the picture. */
  notes: string[]
  pixels?: Pixels
}

/** Keywords that say how a picture was made rather than what is in it. */
const technical = /^(?:software|creation time|date:|xml:|raw profile|source)/i

function unpacked(bytes: Buffer): string {
  try {
    return inflateSync(bytes, { maxOutputLength: 1_000_000 }).toString("utf8")
  } catch {
    // A note that cannot be unpacked says nothing.
    return ""
  }
}

/** The text of a PNG's note: a keyword, a zero byte, and what follows in three ways. */
function noteOf(type: string, body: Buffer): string | undefined {
  const end = body.indexOf(0)
  if (end < 0 || technical.test(body.toString("latin1", 0, end))) return undefined
  if (type === "tEXt") return body.toString("latin1", end + 1)
  if (type === "zTXt") return unpacked(body.subarray(end + 2))
  if (type !== "iTXt") return undefined
  const afterLanguage = body.indexOf(0, end + 3)
  const afterKeyword = body.indexOf(0, afterLanguage + 1)
  const text = body.subarray(afterKeyword + 1)
  return body[end + 1] === 1 ? unpacked(text) : text.toString("utf8")
}

const isText = (note: string | undefined): note is string => Boolean(note?.trim())

function readPng(bytes: Buffer): Picture | undefined {
  const chunks = pngChunks(bytes)
  const header = chunks.find(({ type }) => type === "IHDR")?.body
  if (!header || header.length < 8) return undefined
  const exif = chunks.find(({ type }) => type === "eXIf")?.body
  const notes = [
    ...chunks.map(({ type, body }) => noteOf(type, body)),
    exif && readTiff(exif)?.description,
  ]
  const pixels = decodePng(bytes)
  return {
    format: "PNG",
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    notes: notes.filter(isText),
    ...(pixels && { pixels }),
  }
}

function readJpeg(bytes: Buffer): Picture | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const notes: (string | undefined)[] = []
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0
    const length = bytes.readUInt16BE(at + 2)
    const body = bytes.subarray(at + 4, at + 2 + length)
    if (marker === 0xfe) notes.push(body.toString("utf8"))
    if (marker === 0xe1 && body.toString("latin1", 0, 4) === "Exif") {
      notes.push(readTiff(body.subarray(6))?.description)
    }
    // Frame headers are C0 to CF without the three that begin tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame && body.length >= 5) {
      const [height, width] = [body.readUInt16BE(1), body.readUInt16BE(3)]
      return { format: "JPEG", width, height, notes: notes.filter(isText) }
    }
    at += 2 + length
  }
  return undefined
}

function readWebp(bytes: Buffer): Picture | undefined {
  if (bytes.length < 30 || bytes.toString("latin1", 8, 12) !== "WEBP") return undefined
  const kind = bytes.toString("latin1", 12, 16)
  const size = { format: "WebP" as const, notes: [] }
  if (kind === "VP8X") {
    return { ...size, width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  }
  if (kind === "VP8L") {
    const bits = bytes.readUInt32LE(21)
    return { ...size, width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
  }
  return {
    ...size,
    width: bytes.readUInt16LE(26) & 0x3fff,
    height: bytes.readUInt16LE(28) & 0x3fff,
  }
}

function readSimple(bytes: Buffer): Picture | undefined {
  if (bytes.length < 26) return undefined
  if (/^GIF8[79]a/.test(bytes.toString("latin1", 0, 6))) {
    const [width, height] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
    return { format: "GIF", width, height, notes: [] }
  }
  if (bytes.toString("latin1", 0, 2) === "BM") {
    const [width, height] = [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))]
    return { format: "BMP", width, height, notes: [] }
  }
  const tiff = readTiff(bytes)
  if (!tiff) return undefined
  const { width = 0, height = 0, description } = tiff
  return { format: "TIFF", width, height, notes: [description].filter(isText) }
}

/** Reads a picture file; nothing if it is none. */
export function readPicture(bytes: Buffer): Picture | undefined {
  return readPng(bytes) ?? readJpeg(bytes) ?? readWebp(bytes) ?? readSimple(bytes)
}
