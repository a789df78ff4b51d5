const width = 0x100
const height = 0x101
const description = 0x10e

/** What a TIFF directory says; Exif notes inside of other pictures are such directories too. */
export interface TiffFacts {
  width?: number
  height?: number
  description?: string
}

/** Reads the first directory of a TIFF file, or of the Exif notes of another picture. */
export function readTiff(bytes: Buffer): TiffFacts | undefined {
  const order = bytes.toString("latin1", 0, 2)
  if ((order !== "II" && order !== "MM") || bytes.length < 8) return undefined
  const isLittle = order === "II"
  const short = (at: number) =>
    at + 2 > bytes.length ? 0 : isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  const long = (at: number) =>
    at + 4 > bytes.length ? 0 : isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  if (short(2) !== 42) return undefined
  const facts: TiffFacts = {}
  const start = long(4)
  for (let index = 0; index < short(start); index++) {
    const entry = start + 2 + index * 12
    const [tag, type, count] = [short(entry), short(entry + 2), long(entry + 4)]
    const number = type === 3 ? short(entry + 8) : long(entry + 8)
    if (tag === width) facts.width = number
    if (tag === height) facts.height = number
    if (tag === description) {
      const at = count > 4 ? long(entry + 8) : entry + 8
      facts.description = bytes
        .toString("utf8", at, at + count)
        .replace(/\0+$/, "")
        .trim()
    }
  }
  return facts
}
