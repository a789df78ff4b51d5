import { type BitWriter, createBitWriter } from "./bits"
import { canonicalCodes, codeLengths } from "./huffman"
import { byteAt, type Raster } from "./raster"

// Alphabets of the five codes: green and run lengths, red, blue, alpha, distances.
const alphabets = [280, 256, 256, 256, 40] as const
const orderOfLengths = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
const gradientMode = 12
const largestBlockBits = 9
const shortestRun = 4
const longestRun = 4096
// "The pixel to the left" among the short names that distances have.
const leftDistanceSymbol = 1

/** Pixels as green, red - green, blue - green and alpha: what the format calls subtract-green. */
function withoutGreen({ width, height, data }: Raster): Uint8Array {
  const planes = new Uint8Array(width * height * 4)
  for (let at = 0; at < planes.length; at += 4) {
    const green = byteAt(data, at + 1)
    planes[at] = green
    planes[at + 1] = byteAt(data, at) - green
    planes[at + 2] = byteAt(data, at + 2) - green
    planes[at + 3] = byteAt(data, at + 3)
  }
  return planes
}

/** What is left of each pixel when it is foretold from its neighbours to the left and above. */
function residuals(pixels: Uint8Array, width: number): Uint8Array {
  const result = new Uint8Array(pixels.length)
  const row = width * 4
  for (let at = 0; at < pixels.length; at++) {
    const isFirstColumn = at % row < 4
    const left = byteAt(pixels, at - 4)
    const above = byteAt(pixels, at - row)
    const gradient = Math.min(255, Math.max(0, left + above - byteAt(pixels, at - row - 4)))
    let foretold = isFirstColumn ? above : gradient
    if (at < row) foretold = isFirstColumn ? (at === 3 ? 255 : 0) : left
    result[at] = byteAt(pixels, at) - foretold
  }
  return result
}

interface Token {
  /** Where the pixel's bytes are, or how long a run of the pixel before is. */
  at: number
  run: number
}

function tokensOf(pixels: Uint8Array): Token[] {
  const words = new Uint32Array(pixels.buffer)
  const tokens: Token[] = []
  for (let index = 0; index < words.length; ) {
    let run = 0
    while (
      index > 0 &&
      run < longestRun &&
      index + run < words.length &&
      words[index + run] === words[index - 1]
    ) {
      run++
    }
    if (run < shortestRun) run = 0
    tokens.push({ at: index * 4, run })
    index += run || 1
  }
  return tokens
}

function prefixOf(length: number): { symbol: number; extraBits: number; extra: number } {
  const value = length - 1
  if (value < 4) return { symbol: value, extraBits: 0, extra: 0 }
  const highest = 31 - Math.clz32(value)
  const extraBits = highest - 1
  const symbol = 2 * highest + ((value >> extraBits) & 1)
  return { symbol, extraBits, extra: value & (2 ** extraBits - 1) }
}

/** Writes symbols of one alphabet; an alphabet of a single symbol costs nothing. */
interface Code {
  write(symbol: number): void
}

function codeFor(writer: BitWriter, lengths: Uint8Array): Code {
  const codes = canonicalCodes(lengths)
  const isSingle = lengths.filter((length) => length > 0).length === 1
  return {
    write(symbol) {
      const length = isSingle ? 0 : byteAt(lengths, symbol)
      const code = byteAt(codes, symbol)
      for (let bit = length - 1; bit >= 0; bit--) writer.write((code >>> bit) & 1, 1)
    },
  }
}

function writeSingle(writer: BitWriter, symbol: number): void {
  writer.write(0b101, 3)
  writer.write(symbol, 8)
}

function writeCode(writer: BitWriter, counts: Uint32Array): Code {
  const used = Array.from(counts.keys()).filter((symbol) => counts[symbol])
  const lengths = codeLengths(counts, 15)
  if (used.length < 2) {
    writeSingle(writer, used[0] ?? 0)
    return codeFor(writer, lengths)
  }
  const lengthCounts = new Uint32Array(19)
  for (const length of lengths) lengthCounts[length] = (lengthCounts[length] ?? 0) + 1
  const lengthsOfLengths = codeLengths(lengthCounts, 7)
  writer.write(0, 1)
  writer.write(orderOfLengths.length - 4, 4)
  for (const length of orderOfLengths) writer.write(byteAt(lengthsOfLengths, length), 3)
  writer.write(0, 1)
  const lengthCode = codeFor(writer, lengthsOfLengths)
  for (const length of lengths) lengthCode.write(length)
  return codeFor(writer, lengths)
}

function writePixels(writer: BitWriter, pixels: Uint8Array): void {
  const tokens = tokensOf(pixels)
  const counts = alphabets.map((size) => new Uint32Array(size))
  const count = (code: number, symbol: number) => {
    const row = counts[code]
    if (row) row[symbol] = (row[symbol] ?? 0) + 1
  }
  for (const { at, run } of tokens) {
    if (run) {
      count(0, 256 + prefixOf(run).symbol)
      count(4, leftDistanceSymbol)
    } else for (let code = 0; code < 4; code++) count(code, byteAt(pixels, at + code))
  }
  const codes = counts.map((row) => writeCode(writer, row))
  for (const { at, run } of tokens) {
    if (run) {
      const { symbol, extra, extraBits } = prefixOf(run)
      codes[0]?.write(256 + symbol)
      writer.write(extra, extraBits)
      codes[4]?.write(leftDistanceSymbol)
    } else for (let code = 0; code < 4; code++) codes[code]?.write(byteAt(pixels, at + code))
  }
}

/** A lossless WebP file. */
export function encodeWebp(raster: Raster): Uint8Array {
  const { width, height, data } = raster
  const writer = createBitWriter(false)
  writer.write(0x2f, 8)
  writer.write(width - 1, 14)
  writer.write(height - 1, 14)
  writer.write(data.some((byte, index) => index % 4 === 3 && byte < 255) ? 1 : 0, 1)
  writer.write(0, 3)
  writer.write(0b101, 3)
  writer.write(0b001, 3)
  // The picture of prediction modes: all blocks foretell alike, so five codes of one symbol say it.
  writer.write(largestBlockBits - 2, 3)
  writer.write(0, 1)
  for (const symbol of [gradientMode, 0, 0, 255, 0]) writeSingle(writer, symbol)
  // No more transforms, no colour cache, one set of codes for the whole picture.
  writer.write(0b000, 3)
  writePixels(writer, residuals(withoutGreen(raster), width))
  writer.align()
  const stream = writer.bytes()
  const padded = stream.length + (stream.length % 2)
  const head = Buffer.alloc(20)
  head.write("RIFF", 0)
  head.writeUInt32LE(padded + 12, 4)
  head.write("WEBPVP8L", 8)
  head.writeUInt32LE(stream.length, 16)
  return Buffer.concat([head, stream, Buffer.alloc(padded - stream.length)])
}
