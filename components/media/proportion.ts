import type { Json } from "@/lib/base/json"

const named = new Map([
  ["square", 1],
  ["square_hd", 1],
  ["portrait_4_3", 3 / 4],
  ["portrait_16_9", 9 / 16],
  ["landscape_4_3", 4 / 3],
  ["landscape_16_9", 16 / 9],
])

/**
 * Width by height of what settings ask for, so that a place of the right shape waits for it; the common one
 * of its kind when they do not say.
 */
export function proportionOf(kind: string, settings: { [name: string]: Json }): number {
  for (const name of ["aspect_ratio", "ratio", "image_size", "size", "resolution"]) {
    const found = read(settings[name])
    if (found !== null) return found
  }
  return read(settings) ?? (kind === "video" ? 16 / 9 : 1)
}

function read(value: Json | undefined): number | null {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const { width, height } = value
    return typeof width === "number" && typeof height === "number" ? ratio(width, height) : null
  }
  if (typeof value !== "string") return null
  const [, width, height] = /^(\d+)\s*[x×:*/]\s*(\d+)$/.exec(value) ?? []
  return width && height ? ratio(Number(width), Number(height)) : (named.get(value) ?? null)
}

function ratio(width: number, height: number): number | null {
  const found = width / height
  return Number.isFinite(found) && found >= 0.2 && found <= 5 ? found : null
}
