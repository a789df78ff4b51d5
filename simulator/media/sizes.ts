import { z } from "zod"

/** Width and height in pixels. */
export interface Size {
  width: number
  height: number
}

const presets: Record<string, Size> = {
  square_hd: { width: 1024, height: 1024 },
  square: { width: 512, height: 512 },
  portrait_4_3: { width: 768, height: 1024 },
  portrait_16_9: { width: 576, height: 1024 },
  landscape_4_3: { width: 1024, height: 768 },
  landscape_16_9: { width: 1024, height: 576 },
}
// As much as can be drawn in an instant; who asks for more gets the same shape, smaller.
const mostPixels = 1_575_000
const sidesOfWord: Record<string, number> = { "1k": 1024, "2k": 2048, "3k": 3072, "4k": 4096 }

const sizeSchema = z.object({
  width: z.number().positive().default(1024),
  height: z.number().positive().default(768),
})

/** The ratio in words such as "16:9", "9:19.5" or "1280:720". */
export function ratioOf(value: unknown): number | undefined {
  const [, across, down] = /^(\d+(?:\.\d+)?)[:/](\d+(?:\.\d+)?)$/.exec(String(value)) ?? []
  const ratio = Number(across) / Number(down)
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined
}

function namedSize(value: unknown): Size | undefined {
  const named = typeof value === "string" ? presets[value] : undefined
  if (named) return named
  const [, width, height] = /^(\d+)\s*[x*×]\s*(\d+)$/i.exec(String(value)) ?? []
  if (width && height) return { width: Number(width), height: Number(height) }
  return typeof value === "object" ? sizeSchema.safeParse(value).data : undefined
}

/** A size that keeps its shape within a number of pixels. */
export function within({ width, height }: Size, pixels: number, even = false): Size {
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)))
  const step = even ? 2 : 1
  const side = (length: number) => Math.max(16, Math.round((length * scale) / step) * step)
  return { width: side(width), height: side(height) }
}

/**
 * The size of a picture that a request asks for. Where it says nothing the picture is as the one it is
 * made from, or else as the documented defaults say.
 */
export function imageSizeOf(
  body: Record<string, unknown>,
  defaults: Record<string, unknown>,
  source: Size | undefined,
): Size {
  const asked = askedSize(body)
  return within(asked ?? source ?? askedSize(defaults) ?? { width: 1024, height: 1024 }, mostPixels)
}

function askedSize(body: Record<string, unknown>): Size | undefined {
  const exact = namedSize(body.image_size) ?? namedSize(body.size)
  if (exact) return exact
  const word = [body.image_size, body.resolution, body.size].find(
    (value) => typeof value === "string" && value.toLowerCase() in sidesOfWord,
  )
  const ratio = ratioOf(body.aspect_ratio)
  if (!word && !ratio) return undefined
  const side = sidesOfWord[String(word).toLowerCase()] ?? 1024
  const width = Math.round(side * Math.sqrt(ratio ?? 1))
  return { width, height: Math.round(side / Math.sqrt(ratio ?? 1)) }
}
