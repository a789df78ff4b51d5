import "server-only"
import type { FileHandle } from "node:fs/promises"

type Box = { type: string; start: number; end: number }
type Movie = { width?: number; height?: number; durationMs?: number }

const maxIndexBytes = 16 * 1024 * 1024

/** Duration and picture size of an MP4 or QuickTime file; null when it has no index. */
export async function readMp4(file: FileHandle): Promise<Movie | null> {
  const index = await readIndex(file)
  if (!index) return null
  const boxes = [...listBoxes(index, 0, index.length)]
  const header = boxes.find(({ type }) => type === "mvhd")
  const tracks = boxes.flatMap((box) =>
    box.type === "trak"
      ? [...listBoxes(index, box.start, box.end)].filter(({ type }) => type === "tkhd")
      : [],
  )
  const sizes = tracks.map((track) => pictureSize(index, track))
  return {
    ...sizes.find(({ width }) => width !== undefined),
    ...(header && duration(index, header)),
  }
}

/** The content of the "moov" box, which may come after all media data. */
async function readIndex(file: FileHandle): Promise<Buffer | null> {
  const { size } = await file.stat()
  const header = Buffer.alloc(16)
  for (let position = 0, boxes = 0; position + 8 <= size && boxes < 1_000; boxes++) {
    await file.read(header, 0, header.length, position)
    const { headerBytes, boxBytes } = measure(header, 0, size - position)
    if (boxBytes < headerBytes) return null
    if (header.toString("latin1", 4, 8) === "moov") {
      const length = Math.min(boxBytes, size - position) - headerBytes
      if (length > maxIndexBytes) return null
      const content = Buffer.alloc(length)
      await file.read(content, 0, length, position + headerBytes)
      return content
    }
    position += boxBytes
  }
  return null
}

function* listBoxes(buffer: Buffer, from: number, to: number): Generator<Box> {
  for (let position = from; position + 8 <= to; ) {
    const { headerBytes, boxBytes } = measure(buffer, position, to - position)
    const end = position + boxBytes
    if (boxBytes < headerBytes || end > to) return
    yield {
      type: buffer.toString("latin1", position + 4, position + 8),
      start: position + headerBytes,
      end,
    }
    position = end
  }
}

/** The box size is four bytes; 1 means "in the next eight bytes", 0 "to the end of the file". */
function measure(buffer: Buffer, position: number, rest: number) {
  const size = buffer.readUInt32BE(position)
  if (size === 1 && position + 16 <= buffer.length) {
    return { headerBytes: 16, boxBytes: Number(buffer.readBigUInt64BE(position + 8)) }
  }
  return { headerBytes: 8, boxBytes: size === 0 ? rest : size }
}

// Both headers exist with 32-bit (version 0) and 64-bit times (version 1).
function duration(buffer: Buffer, { start, end }: Box): { durationMs?: number } {
  const isLong = buffer[start] === 1
  if (start + (isLong ? 32 : 20) > end) return {}
  const scale = buffer.readUInt32BE(start + (isLong ? 20 : 12))
  const units = isLong
    ? Number(buffer.readBigUInt64BE(start + 24))
    : buffer.readUInt32BE(start + 16)
  const durationMs = Math.round((units / scale) * 1000)
  // All bits set means "unknown". No file accepted here plays for a day.
  return durationMs > 0 && durationMs < 86_400_000 ? { durationMs } : {}
}

function pictureSize(buffer: Buffer, { start, end }: Box): { width?: number; height?: number } {
  const at = start + (buffer[start] === 1 ? 88 : 76)
  if (at + 8 > end) return {}
  // In 16.16 fixed point.
  const [width, height] = [buffer.readUInt16BE(at), buffer.readUInt16BE(at + 4)]
  if (width === 0 || height === 0) return {}
  // The preceding matrix rotates the picture by 90° when its first element is zero.
  const isTurned = buffer.readInt32BE(at - 36) === 0
  return isTurned ? { width: height, height: width } : { width, height }
}
