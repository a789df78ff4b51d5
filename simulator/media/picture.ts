import { encodeJpeg } from "./jpeg"
import { encodePng } from "./png"
import { type Box, byteAt, copyOf, covering, insideRounded, type Raster } from "./raster"
import { drawScene, mixed, paletteOf } from "./scene"
import { drawLabel } from "./text"
import { encodeWebp } from "./webp"

/** What is to be seen on a picture. */
export interface PictureRequest {
  prompt: string
  /** The name of the model, for the caption. */
  by: string
  width: number
  height: number
  /** Tells pictures of one prompt apart. */
  variant: string
  /** The picture that this one is made from. */
  source?: Raster | undefined
  /** Says where the source may change: where it is transparent. */
  mask?: Raster | undefined
  isTransparent?: boolean
}

const everything = ({ width, height }: Raster): Box => ({ left: 0, top: 0, width, height })

/** Draws a picture that shows its prompt, its size and who made it. */
export function drawPicture(request: PictureRequest): Raster {
  const { prompt, by, width, height, variant, source, mask, isTransparent } = request
  const seed = `${prompt} ${variant}`
  const original = source && covering(source, width, height)
  const stencil = original && mask && covering(mask, width, height)
  const raster = stencil || !original ? drawScene(seed, width, height) : tinted(original, seed)
  const caption = `${width} × ${height} · ${by}`
  if (original && stencil) return patched(original, stencil, raster, prompt, caption)
  drawLabel(raster, prompt || by, caption, everything(raster))
  if (isTransparent) clearEdges(raster)
  return raster
}

/** A picture in the light of a palette and with a frame around it: the same one, visibly worked on. */
function tinted(original: Raster, seed: string): Raster {
  const raster = copyOf(original)
  const { width, height, data } = raster
  const { high, low, accent } = paletteOf(seed)
  const frame = Math.max(3, Math.round(Math.min(width, height) * 0.025))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      const red = byteAt(data, at)
      const light = (red * 0.3 + byteAt(data, at + 1) * 0.59 + byteAt(data, at + 2) * 0.11) / 255
      const isFrame = Math.min(x, y, width - 1 - x, height - 1 - y) < frame
      const [goal, share] = isFrame ? [accent, 0.85] : [mixed(high, low, light), 0.45]
      for (let channel = 0; channel < 3; channel++) {
        const before = byteAt(data, at + channel)
        data[at + channel] = before + (byteAt(goal, channel) - before) * share
      }
    }
  }
  return raster
}

/** The original with something new where the stencil is transparent, and the label inside of it. */
function patched(
  original: Raster,
  stencil: Raster,
  patch: Raster,
  prompt: string,
  caption: string,
): Raster {
  const result = copyOf(original)
  const { width, height } = result
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (byteAt(stencil.data, (y * width + x) * 4 + 3) > 127) continue
      ;[left, right] = [Math.min(left, x), Math.max(right, x + 1)]
      ;[top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)]
    }
  }
  if (right <= left) return result
  drawLabel(patch, prompt, caption, { left, top, width: right - left, height: bottom - top })
  for (let at = 0; at < result.data.length; at += 4) {
    if (byteAt(stencil.data, at + 3) > 127) continue
    result.data.set(patch.data.subarray(at, at + 4), at)
  }
  return result
}

function clearEdges(raster: Raster): void {
  const { width, height, data } = raster
  const margin = Math.round(Math.min(width, height) * 0.06)
  const inner = {
    left: margin,
    top: margin,
    width: width - 2 * margin,
    height: height - 2 * margin,
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[(y * width + x) * 4 + 3] = 255 * insideRounded(inner, margin * 2, x, y)
    }
  }
}

const encoders = { png: encodePng, jpeg: encodeJpeg, webp: encodeWebp } as const

/** A file of one of the formats there is an encoder for; any other becomes a PNG. */
export function encodePicture(raster: Raster, format: string) {
  const name = format === "jpg" || format === "jpeg" ? "jpeg" : format === "webp" ? "webp" : "png"
  return { bytes: encoders[name](raster), extension: name, contentType: `image/${name}` }
}
