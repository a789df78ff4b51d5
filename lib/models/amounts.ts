import { fileKindOf } from "../base/file-kinds"
import type { Json } from "../base/json"
import type { Price } from "./model"

/** The properties of a file that affect its price. */
type MeasuredFile = {
  mediaType: string
  width?: number | undefined
  height?: number | undefined
  durationMs?: number | undefined
}

/** The inputs that affect the price. */
export type Given = {
  text: string
  files: readonly MeasuredFile[]
}
/** A billed quantity; `isLeast` when it may be higher. */
export type Amount = { count: number; words: string; isLeast?: boolean }
/** Requested settings by name. */
export type Settings = ReadonlyMap<string, Json>

const pictures = ["image", "picture"]
const wholes = ["generation", "video", "clip", "song", "track", "model", "output"]
const calls = ["request", "call", "run"]

/** The quantity of a price's unit; null if it cannot be known beforehand. */
export function amountOf(
  { unit, measure }: Price,
  order: Given,
  settings: Settings,
): Amount | null {
  const isInput = measure === "input"
  if (pictures.includes(unit)) {
    return isInput ? piecesIn(order, "image", "picture") : outputs(settings, "picture")
  }
  if (wholes.includes(unit)) {
    return isInput && unit === "video" ? piecesIn(order, "video", unit) : outputs(settings, unit)
  }
  if (calls.includes(unit)) return { count: 1, words: `1 ${unit}` }
  if (unit === "second") return seconds(isInput, order, settings)
  if (unit === "minute") {
    const length = seconds(isInput, order, settings)
    return length && { ...length, count: length.count / 60 }
  }
  if (/(^|[ _-])megapixel$/.test(unit)) {
    return isInput ? pixelsIn(order) : pixelsOut(settings)
  }
  if (unit === "character") {
    const count = order.text.trim().length
    return count > 0 ? { count, words: plural(count, "character") } : null
  }
  return unit === "page" ? pages(order) : null
}

function outputs(settings: Settings, one: string): Amount {
  const count = countOf(settings)
  return { count, words: plural(count, one) }
}

function countOf(settings: Settings): number {
  const names = ["n", "num_images", "number_of_images", "num_outputs", "num_videos", "count"]
  return Math.max(1, firstNumber(settings, names) ?? 1)
}

function piecesIn({ files }: Given, kind: "image" | "video", one: string): Amount {
  const count = files.filter(({ mediaType }) => fileKindOf(mediaType) === kind).length
  return { count, words: plural(count, one) }
}

/** Output duration from the settings, otherwise the duration of the input. */
function seconds(isInput: boolean, { files }: Given, settings: Settings): Amount | null {
  const count = (isInput ? null : lengthAsked(settings)) ?? lengthIn(files)
  return count === null ? null : { count, words: `${Number(count.toFixed(1))} s` }
}

function lengthAsked(settings: Settings): number | null {
  const asked = firstNumber(settings, ["duration", "duration_seconds", "seconds", "seconds_total"])
  if (asked !== null) return asked
  const milliseconds = firstNumber(settings, ["duration_ms", "music_length_ms"])
  if (milliseconds !== null) return milliseconds / 1_000
  const frames = firstNumber(settings, ["num_frames"])
  const perSecond = firstNumber(settings, ["frames_per_second", "fps"])
  return frames !== null && perSecond !== null ? frames / perSecond : null
}

function lengthIn(files: Given["files"]): number | null {
  const sounding = files.filter(({ mediaType }) =>
    ["audio", "video"].includes(fileKindOf(mediaType)),
  )
  const lengths = sounding.flatMap(({ durationMs }) => (durationMs ? [durationMs / 1_000] : []))
  if (lengths.length === 0 || lengths.length < sounding.length) return null
  return lengths.reduce((sum, length) => sum + length, 0)
}

function pixelsIn({ files }: Given): Amount | null {
  const sizes = files
    .filter(({ mediaType }) => fileKindOf(mediaType) === "image")
    .map(({ width, height }) => (width && height ? (width * height) / 1e6 : null))
  if (sizes.length === 0 || sizes.includes(null)) return null
  return megapixels(sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0))
}

/** Named resolutions. */
const namedSizes = new Map([
  ["square_hd", [1024, 1024]],
  ["square", [512, 512]],
  ["portrait_4_3", [768, 1024]],
  ["portrait_16_9", [576, 1024]],
  ["landscape_4_3", [1024, 768]],
  ["landscape_16_9", [1024, 576]],
])

function pixelsOut(settings: Settings): Amount | null {
  const size = settings.get("image_size") ?? settings.get("size")
  const [width, height] = sizeOf(size) ?? sizeOf(Object.fromEntries(settings)) ?? []
  return width && height ? megapixels((width * height * countOf(settings)) / 1e6) : null
}

function sizeOf(value: Json | undefined): number[] | null {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const [width, height] = [toNumber(value.width), toNumber(value.height)]
    return width && height ? [width, height] : null
  }
  if (typeof value !== "string") return null
  const [, width, height] = /^(\d+)\s*[x×*:]\s*(\d+)$/.exec(value) ?? []
  return width && height ? [Number(width), Number(height)] : (namedSizes.get(value) ?? null)
}

function megapixels(count: number): Amount {
  return { count, words: `${Number(count.toFixed(2))} megapixels` }
}

/** An image is one page; of a document at least one is certain. */
function pages({ files }: Given): Amount | null {
  if (files.length === 0) return null
  const isLeast = files.some(({ mediaType }) => fileKindOf(mediaType) !== "image")
  const words = isLeast ? "each page" : plural(files.length, "page")
  return { count: files.length, words, isLeast }
}

function firstNumber(settings: Settings, names: readonly string[]): number | null {
  for (const name of names) {
    const number = toNumber(settings.get(name))
    if (number !== null) return number
  }
  return null
}

/** A number, possibly as text or with a unit: "10", "5s". */
function toNumber(value: Json | undefined): number | null {
  if (typeof value === "number") return value > 0 ? value : null
  const digits = typeof value === "string" ? /^(\d+(?:\.\d+)?)\s*s?$/.exec(value)?.[1] : undefined
  return digits === undefined || Number(digits) === 0 ? null : Number(digits)
}

function plural(count: number, one: string): string {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`
}
