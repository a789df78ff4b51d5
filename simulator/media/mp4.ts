import { type EncodedVideo, encodeVideo } from "./h264"
import type { Raster } from "./raster"

const ticksPerSecond = 90_000
const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(uint32)

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function uint16(value: number): Buffer {
  return uint32(value).subarray(2)
}

const text = (value: string) => Buffer.from(value, "latin1")

function box(type: string, ...parts: Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([uint32(content.length + 8), text(type), content])
}

/** A box with a version and flags. */
function fullBox(type: string, flags: number, ...parts: Uint8Array[]): Buffer {
  return box(type, uint32(flags), ...parts)
}

function sizedUnit(unit: Uint8Array): Buffer {
  return Buffer.concat([uint32(unit.length), unit])
}

interface Movie {
  video: EncodedVideo
  width: number
  height: number
  ticks: number
  samples: Buffer[]
}

function sampleEntry({ video, width, height }: Movie): Buffer {
  const { sequenceSet, pictureSet } = video
  const configuration = box(
    "avcC",
    Buffer.from([1, ...sequenceSet.subarray(1, 4), 0xff, 0xe1]),
    uint16(sequenceSet.length),
    sequenceSet,
    Buffer.from([1]),
    uint16(pictureSet.length),
    pictureSet,
  )
  const head = Buffer.alloc(78)
  head.writeUInt16BE(1, 6)
  head.writeUInt16BE(width, 24)
  head.writeUInt16BE(height, 26)
  head.writeUInt32BE(0x480000, 28)
  head.writeUInt32BE(0x480000, 32)
  head.writeUInt16BE(1, 40)
  head.writeUInt16BE(0x18, 74)
  head.writeUInt16BE(0xffff, 76)
  return box("avc1", head, configuration)
}

/** How long each sample is shown, so that all of them together take exactly the ticks there are. */
function timeTable({ samples, ticks }: Movie): Buffer {
  const each = Math.floor(ticks / samples.length)
  const rest = ticks - each * (samples.length - 1)
  const rows =
    samples.length > 1
      ? [
          [samples.length - 1, each],
          [1, rest],
        ]
      : [[1, rest]]
  return fullBox("stts", 0, uint32(rows.length), ...rows.flat().map(uint32))
}

function sampleTable(movie: Movie, offset: number): Buffer {
  const { samples } = movie
  return box(
    "stbl",
    fullBox("stsd", 0, uint32(1), sampleEntry(movie)),
    timeTable(movie),
    fullBox("stss", 0, uint32(1), uint32(1)),
    fullBox("stsc", 0, ...[1, 1, samples.length, 1].map(uint32)),
    fullBox("stsz", 0, ...[0, samples.length, ...samples.map(({ length }) => length)].map(uint32)),
    fullBox("stco", 0, uint32(1), uint32(offset)),
  )
}

function movieBox(movie: Movie, offset: number): Buffer {
  const { width, height, ticks } = movie
  const times = [0, 0, ticksPerSecond, ticks].map(uint32)
  return box(
    "moov",
    fullBox(
      "mvhd",
      0,
      ...times,
      uint32(0x10000),
      uint16(0x100),
      Buffer.alloc(10),
      ...identity,
      Buffer.alloc(24),
      uint32(2),
    ),
    box(
      "trak",
      fullBox(
        "tkhd",
        3,
        ...[0, 0, 1, 0, ticks].map(uint32),
        Buffer.alloc(16),
        ...identity,
        uint32(width * 0x10000),
        uint32(height * 0x10000),
      ),
      box(
        "mdia",
        fullBox("mdhd", 0, ...times, uint16(0x55c4), uint16(0)),
        fullBox("hdlr", 0, uint32(0), text("vide"), Buffer.alloc(12), text("Video\0")),
        box(
          "minf",
          fullBox("vmhd", 1, Buffer.alloc(8)),
          box("dinf", fullBox("dref", 0, uint32(1), fullBox("url ", 1))),
          sampleTable(movie, offset),
        ),
      ),
    ),
  )
}

/** An MP4 file without sound; its index stands in front, so that it plays while it loads. */
export function encodeMp4(
  { width, height, durationSeconds }: { width: number; height: number; durationSeconds: number },
  frames: Iterable<Raster>,
): Uint8Array {
  const video = encodeVideo(frames)
  const samples = video.frames.map(({ bytes }) => sizedUnit(bytes))
  const ticks = Math.round(durationSeconds * ticksPerSecond)
  const movie: Movie = { video, width, height, ticks, samples }
  const kind = box("ftyp", text("isom"), uint32(0x200), text("isomiso2avc1mp41"))
  const index = movieBox(movie, kind.length + movieBox(movie, 0).length + 8)
  return Buffer.concat([kind, index, box("mdat", ...samples)])
}
