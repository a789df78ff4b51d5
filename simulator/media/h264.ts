import { createBitWriter } from "./bits"
import { byteAt, type Raster } from "./raster"

// A video stream of two kinds of blocks: raw samples, and "as in the frame before". Nothing is
// transformed or foretold, so the encoder is small and what it writes is exact.

/** Sixteen by sixteen pixels as 256 brightness samples and 64 of each colour difference. */
const blockBytes = 384

interface EncodedFrame {
  bytes: Uint8Array
  isKey: boolean
}

export interface EncodedVideo {
  sequenceSet: Uint8Array
  pictureSet: Uint8Array
  frames: EncodedFrame[]
}

function createNal(header: number) {
  const writer = createBitWriter(true)
  writer.write(header, 8)
  const unsigned = (value: number) => {
    const bits = 32 - Math.clz32(value + 1)
    writer.write(0, bits - 1)
    writer.write(value + 1, bits)
  }
  return {
    ...writer,
    bit: (value: number) => writer.write(value, 1),
    unsigned,
    /** Ends the unit and escapes what could be taken for the start of another. */
    finish(): Uint8Array {
      writer.write(1, 1)
      writer.align()
      return escaped(writer.bytes())
    },
  }
}

function escaped(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.ceil(bytes.length * 1.5))
  let [length, zeros] = [0, 0]
  for (const byte of bytes) {
    if (zeros >= 2 && byte <= 3) {
      result[length++] = 3
      zeros = 0
    }
    result[length++] = byte
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return result.slice(0, length)
}

function sequenceSet(width: number, height: number): Uint8Array {
  const [columns, rows] = [Math.ceil(width / 16), Math.ceil(height / 16)]
  const nal = createNal(0x67)
  nal.write(66, 8)
  nal.write(0xc0, 8)
  nal.write(30, 8)
  nal.unsigned(0)
  nal.unsigned(0)
  // Frames come in the order in which they are shown.
  nal.unsigned(2)
  nal.unsigned(1)
  nal.bit(0)
  nal.unsigned(columns - 1)
  nal.unsigned(rows - 1)
  nal.bit(1)
  nal.bit(1)
  const isCropped = columns * 16 !== width || rows * 16 !== height
  nal.bit(isCropped ? 1 : 0)
  if (isCropped) {
    nal.unsigned(0)
    nal.unsigned((columns * 16 - width) / 2)
    nal.unsigned(0)
    nal.unsigned((rows * 16 - height) / 2)
  }
  nal.bit(0)
  return nal.finish()
}

function pictureSet(): Uint8Array {
  const nal = createNal(0x68)
  nal.unsigned(0)
  nal.unsigned(0)
  nal.bit(0)
  nal.bit(0)
  for (let index = 0; index < 3; index++) nal.unsigned(0)
  nal.write(0, 3)
  for (let index = 0; index < 3; index++) nal.unsigned(0)
  nal.bit(1)
  nal.bit(0)
  nal.bit(0)
  return nal.finish()
}

/** The samples of all blocks, one block after the other. */
function blocksOf({ width, height, data }: Raster): Uint8Array {
  const [columns, rows] = [Math.ceil(width / 16), Math.ceil(height / 16)]
  const result = new Uint8Array(columns * rows * blockBytes)
  const pixel = (x: number, y: number) =>
    (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 4
  const mix = (at: number, red: number, green: number, blue: number, offset: number) =>
    (byteAt(data, at) * red + byteAt(data, at + 1) * green + byteAt(data, at + 2) * blue) / 256 +
    offset
  for (let block = 0; block < columns * rows; block++) {
    const left = (block % columns) * 16
    const top = Math.floor(block / columns) * 16
    const start = block * blockBytes
    for (let index = 0; index < 256; index++) {
      const at = pixel(left + (index % 16), top + (index >> 4))
      result[start + index] = mix(at, 65.738, 129.057, 25.064, 16.5)
    }
    for (let index = 0; index < 64; index++) {
      const at = pixel(left + (index % 8) * 2, top + (index >> 3) * 2)
      result[start + 256 + index] = mix(at, -37.945, -74.494, 112.439, 128.5)
      result[start + 320 + index] = mix(at, 112.439, -94.154, -18.285, 128.5)
    }
  }
  return result
}

function blockOf(blocks: Uint8Array, block: number): Uint8Array {
  return blocks.subarray(block * blockBytes, (block + 1) * blockBytes)
}

function encodeFrame(blocks: Uint8Array, before: Uint8Array | undefined, index: number) {
  const nal = createNal(before ? 0x41 : 0x65)
  nal.unsigned(0)
  nal.unsigned(before ? 5 : 7)
  nal.unsigned(0)
  nal.write(index % 16, 4)
  if (before) nal.write(0, 3)
  else {
    nal.unsigned(0)
    nal.write(0, 2)
  }
  nal.unsigned(0)
  nal.unsigned(1)
  let skipped = 0
  for (let block = 0; block < blocks.length / blockBytes; block++) {
    const samples = blockOf(blocks, block)
    if (before && Buffer.compare(samples, blockOf(before, block)) === 0) {
      skipped++
      continue
    }
    if (before) nal.unsigned(skipped)
    skipped = 0
    nal.unsigned(before ? 30 : 25)
    nal.align()
    nal.append(samples)
  }
  if (skipped > 0) nal.unsigned(skipped)
  return nal.finish()
}

/** A stream of frames of one size, even in both directions. Only the first is a key frame. */
export function encodeVideo(frames: Iterable<Raster>): EncodedVideo {
  const encoded: EncodedFrame[] = []
  let [width, height] = [0, 0]
  let before: Uint8Array | undefined
  for (const frame of frames) {
    ;[width, height] = [frame.width, frame.height]
    const blocks = blocksOf(frame)
    encoded.push({ bytes: encodeFrame(blocks, before, encoded.length), isKey: !before })
    before = blocks
  }
  return { sequenceSet: sequenceSet(width, height), pictureSet: pictureSet(), frames: encoded }
}
