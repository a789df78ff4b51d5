/** A picture in memory: four bytes a pixel, red, green, blue and alpha. */
export interface Raster {
  width: number
  height: number
  data: Uint8ClampedArray
}

export type Colour = readonly [red: number, green: number, blue: number]

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export function createRaster(width: number, height: number): Raster {
  return { width, height, data: new Uint8ClampedArray(width * height * 4).fill(255) }
}

export function copyOf(raster: Raster): Raster {
  return { ...raster, data: raster.data.slice() }
}

/** A byte of a picture; zero outside of it. */
export function byteAt(bytes: ArrayLike<number>, index: number): number {
  return bytes[index] ?? 0
}

/** Lays a colour over one pixel; the alpha of the pixel stays. */
export function blend(raster: Raster, x: number, y: number, colour: Colour, share: number): void {
  if (share <= 0 || x < 0 || y < 0 || x >= raster.width || y >= raster.height) return
  const { data } = raster
  const at = (y * raster.width + x) * 4
  const opacity = Math.min(share, 1)
  for (let channel = 0; channel < 3; channel++) {
    const before = byteAt(data, at + channel)
    data[at + channel] = before + (byteAt(colour, channel) - before) * opacity
  }
}

/** Lays a colour over a rectangle with round corners. */
export function fillBox(
  raster: Raster,
  box: Box,
  colour: Colour,
  opacity: number,
  radius = 0,
): void {
  const right = Math.min(box.left + box.width, raster.width)
  const bottom = Math.min(box.top + box.height, raster.height)
  for (let y = Math.max(0, box.top); y < bottom; y++) {
    for (let x = Math.max(0, box.left); x < right; x++) {
      const inside = radius === 0 ? 1 : insideRounded(box, radius, x, y)
      blend(raster, x, y, colour, opacity * inside)
    }
  }
}

/** How much of a pixel lies inside a rectangle with round corners, from 0 to 1. */
export function insideRounded(box: Box, radius: number, x: number, y: number): number {
  const beyond = (value: number, start: number, length: number) =>
    Math.max(start + radius - value - 0.5, value + 0.5 - (start + length - radius), 0)
  const distance = Math.hypot(beyond(x, box.left, box.width), beyond(y, box.top, box.height))
  return Math.min(1, Math.max(0, radius + 0.5 - distance))
}

/** Lays a disc with a soft edge over a picture. */
export function fillDisc(
  raster: Raster,
  centre: { x: number; y: number },
  radius: number,
  colour: Colour,
  opacity = 1,
  softness = 1,
): void {
  const reach = Math.ceil(radius + softness)
  const [middleX, middleY] = [Math.round(centre.x), Math.round(centre.y)]
  for (let y = middleY - reach; y <= middleY + reach; y++) {
    for (let x = middleX - reach; x <= middleX + reach; x++) {
      const distance = Math.hypot(x - centre.x, y - centre.y)
      const inside = (radius + softness / 2 - distance) / softness
      blend(raster, x, y, colour, Math.min(1, inside) * opacity)
    }
  }
}

/** The colour of a hue in degrees; saturation and lightness go from 0 to 1. */
export function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const channel = (offset: number) => {
    const position = (offset + hue / 30 + 120) % 12
    const reach = saturation * Math.min(lightness, 1 - lightness)
    const share = Math.max(-1, Math.min(position - 3, 9 - position, 1))
    return Math.round((lightness - reach * share) * 255)
  }
  return [channel(0), channel(8), channel(4)]
}

/** A picture scaled and cropped so that it covers a size. */
export function covering(source: Raster, width: number, height: number): Raster {
  const result = createRaster(width, height)
  const scale = Math.min(source.width / width, source.height / height)
  const left = (source.width - width * scale) / 2
  const top = (source.height - height * scale) / 2
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      sample(source, left + (x + 0.5) * scale - 0.5, top + (y + 0.5) * scale - 0.5, result, x, y)
    }
  }
  return result
}

function sample(source: Raster, x: number, y: number, target: Raster, toX: number, toY: number) {
  const clamp = (value: number, size: number) => Math.min(Math.max(value, 0), size - 1)
  const x0 = Math.floor(clamp(x, source.width))
  const y0 = Math.floor(clamp(y, source.height))
  const right = clamp(x, source.width) - x0
  const down = clamp(y, source.height) - y0
  const aside = x0 + 1 < source.width ? 4 : 0
  const below = y0 + 1 < source.height ? source.width * 4 : 0
  const from = (y0 * source.width + x0) * 4
  const to = (toY * target.width + toX) * 4
  for (let channel = from; channel < from + 4; channel++) {
    const { data } = source
    const upper = byteAt(data, channel) * (1 - right) + byteAt(data, channel + aside) * right
    const lower =
      byteAt(data, channel + below) * (1 - right) + byteAt(data, channel + below + aside) * right
    target.data[to + channel - from] = upper * (1 - down) + lower * down
  }
}
