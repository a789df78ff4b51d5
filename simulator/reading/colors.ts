import type { Raster } from "../media/raster"

export interface Color {
  red: number
  green: number
  blue: number
  /** How much of the picture has it, from 0 to 1. */
  share: number
}

/** A picture has millions of pixels, and some thousands tell the same. */
const looks = 20_000

/** Every so manieth pixel that can be seen at all. */
function* visiblePixels({ data }: Raster): Generator<[number, number, number]> {
  const step = Math.max(1, Math.floor(data.length / 4 / looks)) * 4
  for (let at = 0; at < data.length; at += step) {
    const [red = 0, green = 0, blue = 0, opacity = 0] = data.subarray(at, at + 4)
    if (opacity > 25) yield [red, green, blue]
  }
}

/** The colours that a picture has most of, the commonest first. */
export function commonColors(pixels: Raster, most = 10): Color[] {
  const sums = new Map<number, { red: number; green: number; blue: number; count: number }>()
  let seen = 0
  for (const [red, green, blue] of visiblePixels(pixels)) {
    const key = ((red >> 5) << 6) | ((green >> 5) << 3) | (blue >> 5)
    const sum = sums.get(key) ?? { red: 0, green: 0, blue: 0, count: 0 }
    sum.red += red
    sum.green += green
    sum.blue += blue
    sum.count++
    sums.set(key, sum)
    seen++
  }
  return [...sums.values()]
    .sort((left, right) => right.count - left.count)
    .slice(0, most)
    .map(({ red, green, blue, count }) => ({
      red: Math.round(red / count),
      green: Math.round(green / count),
      blue: Math.round(blue / count),
      share: Number((count / seen).toFixed(4)),
    }))
}

/** The mean of all colours of a picture; nothing if nothing of it can be seen. */
export function meanColor(pixels: Raster): Color | undefined {
  let [red, green, blue, count] = [0, 0, 0, 0]
  for (const [r, g, b] of visiblePixels(pixels)) {
    red += r
    green += g
    blue += b
    count++
  }
  if (count === 0) return undefined
  const mean = (sum: number) => Math.round(sum / count)
  return { red: mean(red), green: mean(green), blue: mean(blue), share: 1 }
}

const hues: [number, string][] = [
  [15, "red"],
  [45, "orange"],
  [70, "yellow"],
  [165, "green"],
  [200, "cyan"],
  [260, "blue"],
  [290, "purple"],
  [335, "pink"],
  [360, "red"],
]

/** The everyday word for a colour. */
export function colorName({ red, green, blue }: Color): string {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const spread = most - least
  if (most < 40) return "black"
  if (spread < 25) return least > 225 ? "white" : "gray"
  const turn =
    most === red
      ? (green - blue) / spread
      : most === green
        ? 2 + (blue - red) / spread
        : 4 + (red - green) / spread
  const degrees = (turn * 60 + 360) % 360
  const name = hues.find(([end]) => degrees <= end)?.[1] ?? "red"
  return name === "orange" && most < 150 ? "brown" : name
}

/** The colour as style sheets write it. */
export function hexOf({ red, green, blue }: Color): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`
}
