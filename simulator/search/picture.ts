import { encodePng } from "../media/png"
import { createRaster } from "../media/raster"
import { series } from "../random"

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
  const raster = createRaster(width, height)
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
      raster.data.set(color.map(Math.round), (y * width + x) * 4)
    }
  }
  return Buffer.from(encodePng(raster, subject))
}
