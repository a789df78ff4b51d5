import { pick, series } from "../random"
import { byteAt, type Colour, colourOf, createRaster, fillDisc, type Raster } from "./raster"

/** Colours that go together, grown from a text. */
export interface Palette {
  high: Colour
  low: Colour
  accent: Colour
  tones: Colour[]
}

export function paletteOf(seed: string): Palette {
  const next = series(`palette ${seed}`)
  const hue = next() * 360
  const turn = (next() < 0.5 ? -1 : 1) * (25 + next() * 35)
  return {
    high: colourOf(hue, 0.55, 0.28 + next() * 0.14),
    low: colourOf(hue + turn, 0.75, 0.7 + next() * 0.1),
    accent: colourOf(hue + turn * 2 + 150, 0.9, 0.72),
    tones: [0, 1, 2, 3].map((step) =>
      colourOf(hue + turn * (1 - step * 0.35), 0.45 + step * 0.04, 0.56 - step * 0.12),
    ),
  }
}

export function mixed(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ]
}

function paint(raster: Raster, colourAt: (x: number, y: number) => Colour): void {
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      const at = (y * raster.width + x) * 4
      const colour = colourAt(x, y)
      raster.data[at] = colour[0]
      raster.data[at + 1] = colour[1]
      raster.data[at + 2] = colour[2]
    }
  }
}

/** A line of gentle hills: its height at each place, both from 0 to 1. */
function ridge(seed: string): (place: number) => number {
  const next = series(seed)
  const swells = [1, 2.3, 4.7].map((rate) => ({
    rate: rate * (0.7 + next() * 0.8),
    shift: next() * 7,
    size: 0.5 / rate,
  }))
  return (place) =>
    swells.reduce(
      (sum, { rate, shift, size }) => sum + size * Math.sin(place * rate * 4 + shift),
      0,
    )
}

function drawHills(raster: Raster, seed: string, palette: Palette): void {
  const { width, height } = raster
  paint(raster, (_, y) => mixed(palette.high, palette.low, Math.min(1, y / height / 0.7)))
  const next = series(`sun ${seed}`)
  const sun = { x: width * (0.2 + next() * 0.6), y: height * (0.18 + next() * 0.22) }
  const radius = Math.min(width, height) * (0.07 + next() * 0.05)
  fillDisc(raster, sun, radius * 2.4, palette.accent, 0.35, radius * 4)
  fillDisc(raster, sun, radius, mixed(palette.accent, [255, 255, 255], 0.4), 1, 2)
  for (const [index, tone] of palette.tones.entries()) {
    const line = ridge(`ridge ${index} ${seed}`)
    for (let x = 0; x < width; x++) {
      const top = height * (0.46 + index * 0.13 - line(x / Math.max(width, height)) * 0.09)
      fillColumn(raster, x, top, (depth) => mixed(tone, palette.low, 0.35 * (1 - depth)))
    }
  }
}

/** Fills one column from a height downwards; the first pixel is mixed with what was there. */
function fillColumn(
  { width, height, data }: Raster,
  x: number,
  top: number,
  colourAt: (depth: number) => Colour,
): void {
  for (let y = Math.max(0, Math.floor(top)); y < height; y++) {
    const at = (y * width + x) * 4
    const share = Math.min(1, y + 1 - top)
    const colour = colourAt(Math.min(1, (y - top) / (height * 0.25)))
    for (let channel = 0; channel < 3; channel++) {
      const before = byteAt(data, at + channel)
      data[at + channel] = before + (byteAt(colour, channel) - before) * share
    }
  }
}

function drawOrbs(raster: Raster, seed: string, palette: Palette): void {
  const { width, height } = raster
  paint(raster, (x, y) => mixed(palette.high, palette.low, (x / width + y / height) / 2))
  const next = series(`orbs ${seed}`)
  const least = Math.min(width, height)
  const colours = [palette.accent, palette.low, ...palette.tones]
  for (let index = 0; index < 11; index++) {
    const centre = { x: width * next(), y: height * next() }
    const radius = least * (0.06 + next() * 0.2)
    const colour = colours[index % colours.length] ?? palette.accent
    fillDisc(raster, centre, radius, colour, 0.35 + next() * 0.4, 2)
    fillDisc(
      raster,
      { x: centre.x - radius * 0.3, y: centre.y - radius * 0.35 },
      radius * 0.35,
      [255, 255, 255],
      0.3,
      radius * 0.6,
    )
  }
}

function drawBands(raster: Raster, seed: string, palette: Palette): void {
  const { width, height } = raster
  const next = series(`bands ${seed}`)
  const [tilt, bend, phase] = [next() - 0.5, 0.05 + next() * 0.12, next() * 7]
  const colours = [palette.high, ...palette.tones.toReversed(), palette.low, palette.accent]
  paint(raster, (x, y) => {
    const [across, down] = [x / width, y / height]
    const wave = Math.sin(across * 5 + phase) + 0.5 * Math.sin(across * 11 + down * 3)
    const place = (down + (across - 0.5) * tilt + wave * bend) * (colours.length - 1)
    const index = Math.min(colours.length - 2, Math.max(0, Math.floor(place)))
    const share = Math.min(1, Math.max(0, (place - index) * 1.6 - 0.3))
    const [from = palette.high, to = palette.low] = [colours[index], colours[index + 1]]
    return mixed(from, to, share * share * (3 - 2 * share))
  })
}

/** A landscape, bubbles or bands of colour: always the same ones for a text. */
export function drawScene(seed: string, width: number, height: number): Raster {
  const raster = createRaster(width, height)
  const draw = pick(`scene ${seed}`, [drawHills, drawOrbs, drawBands])
  draw(raster, seed, paletteOf(seed))
  return raster
}
