import { type BitWriter, createBitWriter } from "./bits"
import { canonicalCodes, codeLengths } from "./huffman"
import { byteAt, type Raster } from "./raster"

// The order in which the 64 frequencies of a block are written.
const zigzag = Uint8Array.from({ length: 64 }, (_, index) => index).toSorted((left, right) => {
  const diagonal = (at: number) => (at >> 3) + (at % 8)
  if (diagonal(left) !== diagonal(right)) return diagonal(left) - diagonal(right)
  return diagonal(left) % 2 === 0 ? right - left : left - right
})
const steps = zigzag.map((at) => Math.round(2 + 1.4 * ((at >> 3) + (at % 8))))
const cosines = Float64Array.from({ length: 64 }, (_, index) => {
  const [frequency, place] = [index >> 3, index % 8]
  const norm = frequency === 0 ? Math.SQRT1_2 : 1
  return (norm / 2) * Math.cos(((2 * place + 1) * frequency * Math.PI) / 16)
})

/** One symbol of the entropy code and the bits that follow it. */
interface Item {
  isFirst: boolean
  symbol: number
  extra: number
  extraBits: number
}

function bitsOf(value: number): number {
  return value === 0 ? 0 : 32 - Math.clz32(Math.abs(value))
}

function item(isFirst: boolean, run: number, value: number): Item {
  const extraBits = bitsOf(value)
  const extra = value < 0 ? value + 2 ** extraBits - 1 : value
  return { isFirst, symbol: run * 16 + extraBits, extra, extraBits }
}

const rows = new Float64Array(64)

/**
 * The frequencies of eight by eight samples, divided by their steps, in writing order. These loops are
 * most of the work: a helper that is shared with other kinds of array would make them three times slower.
 */
function frequencies(samples: Float64Array, values: Int32Array): void {
  for (let y = 0; y < 64; y += 8) {
    for (let frequency = 0; frequency < 8; frequency++) {
      let sum = 0
      for (let x = 0; x < 8; x++) sum += (samples[y + x] ?? 0) * (cosines[frequency * 8 + x] ?? 0)
      rows[y + frequency] = sum
    }
  }
  for (let index = 0; index < 64; index++) {
    const at = byteAt(zigzag, index)
    const [column, row] = [at % 8, at - (at % 8)]
    let sum = 0
    for (let y = 0; y < 8; y++) sum += (rows[y * 8 + column] ?? 0) * (cosines[row + y] ?? 0)
    values[index] = Math.round(sum / byteAt(steps, index))
  }
}

const weights = [
  [0.299, 0.587, 0.114, -128],
  [-0.168736, -0.331264, 0.5, 0],
  [0.5, -0.418688, -0.081312, 0],
] as const

const samples = new Float64Array(64)
const values = new Int32Array(64)

function blockItems(
  { width, height, data }: Raster,
  left: number,
  top: number,
  [red, green, blue, offset]: readonly [number, number, number, number],
  before: number,
  items: Item[],
): number {
  for (let index = 0; index < 64; index++) {
    const x = Math.min(left + (index % 8), width - 1)
    const y = Math.min(top + (index >> 3), height - 1)
    const at = (y * width + x) * 4
    const light = byteAt(data, at) * red + byteAt(data, at + 1) * green
    samples[index] = light + byteAt(data, at + 2) * blue + offset
  }
  frequencies(samples, values)
  const first = values[0] ?? 0
  items.push(item(true, 0, first - before))
  let run = 0
  for (let index = 1; index < 64; index++) {
    const value = byteAt(values, index)
    if (value === 0) {
      run++
      continue
    }
    for (; run > 15; run -= 16) items.push({ isFirst: false, symbol: 0xf0, extra: 0, extraBits: 0 })
    items.push(item(false, run, value))
    run = 0
  }
  if (run > 0) items.push(item(false, 0, 0))
  return first
}

/** The codes for the symbols that occur. */
function tableOf(items: Item[], isFirst: boolean) {
  const counts = new Uint32Array(257)
  for (const entry of items) {
    if (entry.isFirst === isFirst) counts[entry.symbol] = (counts[entry.symbol] ?? 0) + 1
  }
  // The code of ones alone is forbidden. A symbol that is rare beyond all others, and last, takes it.
  const scaled = counts.map((count) => count * 4)
  scaled[256] = 1
  const lengths = codeLengths(scaled, 16)
  const deepest = Math.max(...lengths)
  lengths[256] = deepest
  return { lengths, codes: canonicalCodes(lengths) }
}

function segment(marker: number, content: ArrayLike<number>): Buffer {
  const head = Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255])
  return Buffer.concat([head, Uint8Array.from(content)])
}

function tableSegment(id: number, lengths: Uint8Array): Buffer {
  const used = Array.from(lengths.subarray(0, 256).keys()).filter((symbol) => lengths[symbol])
  const symbols = used.toSorted(
    (left, right) => (lengths[left] ?? 0) - (lengths[right] ?? 0) || left - right,
  )
  const counts = Array.from(
    { length: 16 },
    (_, index) => used.filter((symbol) => lengths[symbol] === index + 1).length,
  )
  return segment(0xc4, [id, ...counts, ...symbols])
}

/** A JPEG file: baseline, colours at full resolution. Transparent parts are white. */
export function encodeJpeg(raster: Raster): Uint8Array {
  const { width, height } = raster
  const items: Item[] = []
  const before = [0, 0, 0]
  for (let top = 0; top < height; top += 8) {
    for (let left = 0; left < width; left += 8) {
      for (const [index, weight] of weights.entries()) {
        before[index] = blockItems(raster, left, top, weight, before[index] ?? 0, items)
      }
    }
  }
  const first = tableOf(items, true)
  const rest = tableOf(items, false)
  const writer: BitWriter = createBitWriter(true, (byte, push) => {
    if (byte === 255) push(0)
  })
  for (const { isFirst, symbol, extra, extraBits } of items) {
    const { lengths, codes } = isFirst ? first : rest
    writer.write(byteAt(codes, symbol), byteAt(lengths, symbol))
    writer.write(extra, extraBits)
  }
  writer.align(1)
  const size = [height >> 8, height & 255, width >> 8, width & 255]
  const components = [1, 2, 3].flatMap((id) => [id, 0x11, 0])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...steps]),
    segment(0xc0, [8, ...size, 3, ...components]),
    tableSegment(0x00, first.lengths),
    tableSegment(0x10, rest.lengths),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
    writer.bytes(),
    Buffer.from([0xff, 0xd9]),
  ])
}
