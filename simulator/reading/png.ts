import { inflateSync } from "node:zlib"

/** A decoded picture: red, green, blue and opacity of every pixel, row by row. */
export interface Pixels {
  width: number
  height: number
  rgba: Uint8Array
}

export const pngSignature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
/** Above that it would take too long to look at every pixel. */
const mostPixels = 12_000_000

export interface PngChunk {
  type: string
  body: Buffer
}

/** The chunks of a PNG file; none if it is no PNG. */
export function pngChunks(bytes: Buffer): PngChunk[] {
  const chunks: PngChunk[] = []
  if (!bytes.subarray(0, 8).equals(pngSignature)) return chunks
  for (let at = 8; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString("latin1", at + 4, at + 8)
    chunks.push({ type, body: bytes.subarray(at + 8, at + 8 + length) })
    at += 12 + length
  }
  return chunks
}

const channelsOf: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** The byte that a filtered one is a difference to: left, up, or the nearer of three. */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toCorner = Math.abs(guess - corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** Undoes the filters of all rows, in place; each row begins with the number of its filter. */
function unfilter(raw: Buffer, rows: number, rowBytes: number, pixelBytes: number): void {
  for (let row = 0; row < rows; row++) {
    const start = row * (rowBytes + 1)
    const filter = raw[start] ?? 0
    for (let at = 0; at < rowBytes; at++) {
      const here = start + 1 + at
      const left = at >= pixelBytes ? (raw[here - pixelBytes] ?? 0) : 0
      const up = row > 0 ? (raw[here - rowBytes - 1] ?? 0) : 0
      const corner = row > 0 && at >= pixelBytes ? (raw[here - rowBytes - 1 - pixelBytes] ?? 0) : 0
      raw[here] = (raw[here] ?? 0) + predicted(filter, left, up, corner)
    }
  }
}

/** Decodes a PNG that is not interlaced; nothing if it is something else, damaged, or huge. */
export function decodePng(bytes: Buffer): Pixels | undefined {
  const chunks = pngChunks(bytes)
  const header = chunks.find(({ type }) => type === "IHDR")?.body
  if (!header || header.length < 13 || header[12] !== 0) return undefined
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth = 8, colorType = 0] = header.subarray(8, 10)
  const channels = channelsOf[colorType]
  if (!channels || width * height === 0 || width * height > mostPixels) return undefined
  const rowBytes = Math.ceil((width * channels * depth) / 8)
  const packed = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map(({ body }) => body))
  try {
    const raw = inflateSync(packed, { maxOutputLength: (rowBytes + 1) * height })
    if (raw.length < (rowBytes + 1) * height) return undefined
    unfilter(raw, height, rowBytes, Math.max(1, (channels * depth) >> 3))
    const palette = chunks.find(({ type }) => type === "PLTE")?.body
    const clear = chunks.find(({ type }) => type === "tRNS")?.body
    return {
      width,
      height,
      rgba: colored(raw, { width, height, depth, colorType, palette, clear }),
    }
  } catch {
    // Damaged bytes make a picture that cannot be seen, not an error.
    return undefined
  }
}

interface Layout {
  width: number
  height: number
  depth: number
  colorType: number
  palette: Buffer | undefined
  clear: Buffer | undefined
}

function colored(raw: Buffer, layout: Layout): Uint8Array {
  const { width, height, depth, colorType, palette, clear } = layout
  const channels = channelsOf[colorType] ?? 1
  const rowBytes = Math.ceil((width * channels * depth) / 8)
  const rgba = new Uint8Array(width * height * 4)
  const most = 2 ** Math.min(depth, 8) - 1
  for (let row = 0; row < height; row++) {
    const start = row * (rowBytes + 1) + 1
    /** The value of one channel; of sixteen bits the upper eight do. */
    const sample = (index: number): number => {
      if (depth >= 8) return raw[start + index * (depth / 8)] ?? 0
      const byte = raw[start + ((index * depth) >> 3)] ?? 0
      return (byte >> (8 - depth - ((index * depth) & 7))) & most
    }
    for (let column = 0; column < width; column++) {
      const first = column * channels
      const to = (row * width + column) * 4
      if (colorType === 3) {
        const entry = sample(first)
        rgba.set(palette?.subarray(entry * 3, entry * 3 + 3) ?? [0, 0, 0], to)
        rgba[to + 3] = clear?.[entry] ?? 255
        continue
      }
      const isGray = colorType === 0 || colorType === 4
      for (let channel = 0; channel < 3; channel++) {
        rgba[to + channel] = (sample(first + (isGray ? 0 : channel)) * 255) / most
      }
      const hasOpacity = colorType === 4 || colorType === 6
      rgba[to + 3] = hasOpacity ? sample(first + channels - 1) : 255
    }
  }
  return rgba
}
