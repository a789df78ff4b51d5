import { convertIndexedToRgb, decode, encode } from "fast-png"
import { byteAt, createRaster, type Raster } from "./raster"

const largestPixels = 50_000_000

/** A PNG file, without an alpha channel where nothing is transparent; `note` is what it says of itself. */
export function encodePng({ width, height, data }: Raster, note?: string): Uint8Array {
  const hasAlpha = data.some((byte, index) => index % 4 === 3 && byte < 255)
  const channels = hasAlpha ? 4 : 3
  const bytes = hasAlpha
    ? new Uint8Array(data)
    : new Uint8Array(data.filter((_, index) => index % 4 !== 3))
  const text = note === undefined ? {} : { text: { Description: note } }
  return encode({ width, height, data: bytes, channels, depth: 8, ...text })
}

/** The picture in a PNG file; nothing for any other file, a damaged one or one that is too large. */
export function decodePng(file: Uint8Array): Raster | undefined {
  return readPng(file)?.raster
}

/** The same with the notes in the file, by their keywords. */
export function readPng(
  file: Uint8Array,
): { raster: Raster; notes: Record<string, string> } | undefined {
  try {
    const png = decode(file, { checkCrc: false })
    const { width, height, depth, palette, text } = png
    if (width === 0 || height === 0 || width * height > largestPixels) return undefined
    const channels = palette ? (palette[0]?.length ?? 3) : png.channels
    const samples = palette ? convertIndexedToRgb(png) : png.data
    const most = palette ? 255 : 2 ** depth - 1
    const raster = createRaster(width, height)
    const sample = (pixel: number, channel: number) =>
      Math.round((byteAt(samples, pixel * channels + channel) * 255) / most)
    for (let pixel = 0; pixel < width * height; pixel++) {
      const isGray = channels < 3
      for (let channel = 0; channel < 3; channel++) {
        raster.data[pixel * 4 + channel] = sample(pixel, isGray ? 0 : channel)
      }
      if (channels % 2 === 0) raster.data[pixel * 4 + 3] = sample(pixel, channels - 1)
    }
    return { raster, notes: text }
  } catch {
    // A damaged file is as good as no picture.
    return undefined
  }
}
