import { crc32, deflateSync } from "node:zlib"
import { series } from "../random"
import { pngSignature } from "../reading/png"

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  const named = Buffer.concat([Buffer.from(type, "latin1"), body])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([head, named, sum])
}

type Color = [number, number, number]

/** A small picture for a subject: hills before a sky, in colours and shapes that are its own. */
export function pictureOf(subject: string, width = 320, height = 200): Buffer {
  const next = series(`picture ${subject}`)
  const tone = (least: number): Color => [
    least + next() * (255 - least),
    least + next() * (255 - least),
    least + next() * (255 - least),
  ]
  const [sky, horizon] = [tone(90), tone(170)]
  const hills = Array.from({ length: 4 }, (_, index) => ({
    color: tone(20).map((part) => part * (0.9 - index * 0.18)),
    base: 0.35 + index * 0.16 + next() * 0.06,
    swing: 0.04 + next() * 0.1,
    waves: 1 + next() * 3,
    shift: next() * 6,
  }))
  const sun = { x: next() * width, y: height * (0.1 + next() * 0.25), radius: 14 + next() * 14 }
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const hill = hills.findLast(
        ({ base, swing, waves, shift }) =>
          y / height > base + swing * Math.sin((x / width) * waves * Math.PI + shift),
      )
      const isSun = Math.hypot(x - sun.x, y - sun.y) < sun.radius
      const share = y / height
      const light = sky.map((part, index) => part + ((horizon[index] ?? 0) - part) * share)
      const color = hill?.color ?? (isSun ? [255, 244, 200] : light)
      rows.set(color.map(Math.round), y * (width * 3 + 1) + 1 + x * 3)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  return Buffer.concat([
    pngSignature,
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from(`Description\0${subject}`, "latin1")),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ])
}
