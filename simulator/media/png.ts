import { convertIndexedToRgb, decode, encode } from "fast-png"
import { byteAt, createRaster, type Raster } from "./raster"

const largestPixels = 50_000_000

/** A PNG file, without an alpha channel where nothing is transparent; `note` is what it says of itself. */
export function encodePng({ width, height, data }: Raster, note?: string): Uint8Array {
  let hasAlpha = false
  for (let at = 3; at < data.length && !hasAlpha; at += 4) hasAlpha = byteAt(data, at) < 255
  const channels = hasAlpha ? 4 : 3
  const bytes = new Uint8Array(width * height * channels)
  for (let from = 0, to = 0; from < data.length; from += 4) {
    for (let channel = 0; channel < channels; channel++) bytes[to++] = byteAt(data, from + channel)
  }
  const text = note === undefined ? {} : { text: { Description: note } }
  return encode({ width, height, data: bytes, channels, depth: 8, ...text }, { zlib: { level: 1 } })
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
    const scale = 255 / most
    const isGray = channels < 3
    for (let from = 0, to = 0; to < raster.data.length; from += channels, to += 4) {
      for (let channel = 0; channel < 3; channel++) {
        raster.data[to + channel] = byteAt(samples, from + (isGray ? 0 : channel)) * scale
      }
      if (channels % 2 === 0) raster.data[to + 3] = byteAt(samples, from + channels - 1) * scale
    }
    return { raster, notes: text }
  } catch {
    // A damaged file is as good as no picture.
    return undefined
  }
}
