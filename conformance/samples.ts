import { crc32, deflateSync } from "node:zlib"

// Small valid files used as model inputs.

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function makePng(size: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.from([0, ...Array.from({ length: size }, () => [200, 120, 40]).flat()])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)))
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  const parts = [chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

function makeWav(seconds: number): Buffer {
  const rate = 8_000
  const samples = Buffer.alloc(seconds * rate * 2)
  for (let index = 0; index < seconds * rate; index++) {
    samples.writeInt16LE(Math.round(8_000 * Math.sin(index / 6)), index * 2)
  }
  const header = Buffer.alloc(44)
  header.write("RIFF", 0)
  header.writeUInt32LE(36 + samples.length, 4)
  header.write("WAVEfmt ", 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write("data", 36)
  header.writeUInt32LE(samples.length, 40)
  return Buffer.concat([header, samples])
}

const page = "BT /F1 24 Tf 72 700 Td (A page to be read) Tj ET"
const document = [
  "%PDF-1.4",
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj",
  `4 0 obj<</Length ${page.length}>>stream\n${page}\nendstream endobj`,
  "trailer<</Root 1 0 R>>",
].join("\n")

export const png = { bytes: makePng(64), mediaType: "image/png", name: "picture.png" }
export const wav = { bytes: makeWav(1), mediaType: "audio/wav", name: "sound.wav" }
export const pdf = { bytes: Buffer.from(document), mediaType: "application/pdf", name: "page.pdf" }
