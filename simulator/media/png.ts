import { crc32, deflateSync, inflateSync } from "node:zlib"
import { byteAt, createRaster, type Raster } from "./raster"

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const largestPixels = 50_000_000

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(content.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

function predictor(filter: number, left: number, above: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return (left + above) >> 1
  if (filter !== 4) return 0
  const estimate = left + above - corner
  const [toLeft, toAbove, toCorner] = [
    Math.abs(estimate - left),
    Math.abs(estimate - above),
    Math.abs(estimate - corner),
  ]
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

/** A PNG file, without an alpha channel where nothing is transparent. */
export function encodePng({ width, height, data }: Raster): Uint8Array {
  const hasAlpha = data.some((byte, index) => index % 4 === 3 && byte < 255)
  const channels = hasAlpha ? 4 : 3
  const rows = new Uint8Array(height * (width * channels + 1))
  const at = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 ? 0 : byteAt(data, (y * width + x) * 4 + channel)
  let to = 0
  for (let y = 0; y < height; y++) {
    rows[to++] = 4
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < channels; channel++) {
        const [left, above] = [at(x - 1, y, channel), at(x, y - 1, channel)]
        rows[to++] = at(x, y, channel) - predictor(4, left, above, at(x - 1, y - 1, channel))
      }
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, hasAlpha ? 6 : 2, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", new Uint8Array()),
  ])
}

const channelsOfType: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** The picture in a PNG file of eight bits a channel, not interlaced; nothing for any other file. */
export function decodePng(file: Uint8Array): Raster | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  if (!bytes.subarray(0, 8).equals(signature)) return undefined
  const chunks = new Map<string, Buffer[]>()
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const type = bytes.toString("latin1", at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at))
    chunks.set(type, [...(chunks.get(type) ?? []), content])
  }
  const header = chunks.get("IHDR")?.[0]
  if (!header || header.length < 13) return undefined
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = channelsOfType[byteAt(header, 9)]
  if (byteAt(header, 8) !== 8 || !channels || byteAt(header, 12) !== 0) return undefined
  if (width === 0 || height === 0 || width * height > largestPixels) return undefined
  const expected = height * (width * channels + 1)
  try {
    const packed = Buffer.concat(chunks.get("IDAT") ?? [])
    const rows = inflateSync(packed, { maxOutputLength: expected })
    if (rows.length < expected) return undefined
    unfilter(rows, width * channels, height, channels)
    const palette = byteAt(header, 9) === 3 ? (chunks.get("PLTE")?.[0] ?? Buffer.alloc(0)) : null
    return expand(rows, width, height, channels, palette, chunks.get("tRNS")?.[0])
  } catch {
    // Whatever is damaged is as good as no picture.
    return undefined
  }
}

function unfilter(rows: Buffer, rowBytes: number, height: number, step: number): void {
  const stride = rowBytes + 1
  for (let y = 0; y < height; y++) {
    const filter = byteAt(rows, y * stride)
    for (let x = 0; x < rowBytes; x++) {
      const at = y * stride + 1 + x
      const left = x < step ? 0 : byteAt(rows, at - step)
      const above = y === 0 ? 0 : byteAt(rows, at - stride)
      const corner = x < step || y === 0 ? 0 : byteAt(rows, at - stride - step)
      rows[at] = byteAt(rows, at) + predictor(filter, left, above, corner)
    }
  }
}

function expand(
  rows: Buffer,
  width: number,
  height: number,
  channels: number,
  palette: Buffer | null,
  transparency: Buffer | undefined,
): Raster {
  const raster = createRaster(width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * (width * channels + 1) + 1 + x * channels
      const to = (y * width + x) * 4
      const index = byteAt(rows, from)
      for (let channel = 0; channel < 3; channel++) {
        raster.data[to + channel] = palette
          ? byteAt(palette, index * 3 + channel)
          : byteAt(rows, from + (channels < 3 ? 0 : channel))
      }
      if (palette) raster.data[to + 3] = transparency?.[index] ?? 255
      else if (channels % 2 === 0) raster.data[to + 3] = byteAt(rows, from + channels - 1)
    }
  }
  return raster
}
