import { readPng } from "../media/png"
import type { Raster } from "../media/raster"
import { readTiff } from "./tiff"

/** What a picture file says about itself without being understood. */
export interface Picture {
  format: "PNG" | "JPEG" | "GIF" | "BMP" | "WebP" | "TIFF"
  width: number
  height: number
  /** The words that are stored in the file beside the picture. */
  notes: string[]
  pixels?: Raster
}

/** Keywords that say how a picture was made rather than what is in it. */
const technical = /^(?:software|creation time|date:|xml:|raw profile|source)/i

const isText = (note: string | undefined): note is string => Boolean(note?.trim())

function readPngFile(bytes: Buffer): Picture | undefined {
  const png = readPng(bytes)
  if (!png) return undefined
  const { raster, notes } = png
  const told = Object.entries(notes).flatMap(([name, note]) => (technical.test(name) ? [] : note))
  const { width, height } = raster
  return { format: "PNG", width, height, notes: told.filter(isText), pixels: raster }
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
  return readPngFile(bytes) ?? readJpeg(bytes) ?? readWebp(bytes) ?? readSimple(bytes)
}
