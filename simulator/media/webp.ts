import { createBitWriter } from "./bits"
import { byteAt, type Raster } from "./raster"

/**
 * A lossless WebP file of the picture's size in the one color of its middle: nobody looks at what is in it, but
 * its format and size are real. Codes of a single symbol need no bits for the pixels.
 */
export function encodeWebp({ width, height, data }: Raster): Uint8Array {
  const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4
  const [red, green, blue] = [0, 1, 2].map((channel) => byteAt(data, middle + channel))
  const writer = createBitWriter(false)
  writer.write(0x2f, 8)
  writer.write(width - 1, 14)
  writer.write(height - 1, 14)
  // No alpha; version 0; no transform, no color cache, one set of codes for the whole picture.
  for (const [value, bits] of [
    [0, 1],
    [0, 3],
    [0, 1],
    [0, 1],
    [0, 1],
  ] as const) {
    writer.write(value, bits)
  }
  // Green, red, blue, alpha, distance: a simple code of one symbol of eight bits each.
  for (const symbol of [green ?? 0, red ?? 0, blue ?? 0, 255, 0]) {
    writer.write(0b101, 3)
    writer.write(symbol, 8)
  }
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
