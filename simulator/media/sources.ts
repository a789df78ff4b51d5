import { z } from "zod"
import type { Exchange } from "../exchange"
import { sourceAt } from "../reading/source"
import { decodePng } from "./png"
import { covering, type Raster } from "./raster"
import { within } from "./sizes"

/** The members that pictures come in, the most telling first. */
const members = [
  "image_url",
  "image_urls",
  "image",
  "images",
  "first_frame_image",
  "front_image_url",
  "reference_image_url",
  "reference_image_urls",
  "reference_images",
  "image_list",
  "keyframes",
]
const largestPixels = 2_000_000

// Forms carry bytes; JSON says the same as Node writes buffers.
const bytesSchema = z.union([
  z.instanceof(Buffer),
  z
    .object({ type: z.literal("Buffer"), data: z.array(z.number()) })
    .transform(({ data }) => Buffer.from(data)),
])
const carrierSchema = z.union([
  z.object({ buffer: bytesSchema }).transform(({ buffer }) => buffer),
  z.object({ url: z.string() }).transform(({ url }) => url),
  z.object({ frame0: z.object({ url: z.string() }) }).transform(({ frame0 }) => frame0.url),
  z.string(),
])

/** The bytes of a file that a member of a body carries or points at. */
export function bytesOf(exchange: Exchange, value: unknown): Buffer | undefined {
  const carrier = carrierSchema.safeParse(Array.isArray(value) ? value[0] : value).data
  return typeof carrier === "string" ? sourceAt(exchange, carrier).bytes : carrier
}

/** A picture that a member of a body carries or points at, if it is one that can be read here. */
export function pictureIn(exchange: Exchange, value: unknown): Raster | undefined {
  const bytes = bytesOf(exchange, value)
  const picture = bytes && decodePng(bytes)
  if (!picture) return undefined
  const { width, height } = within(picture, largestPixels)
  return width === picture.width ? picture : covering(picture, width, height)
}

/** The picture that a request starts from. */
export function firstPicture(
  exchange: Exchange,
  body: Record<string, unknown>,
): Raster | undefined {
  for (const member of members) {
    const picture = body[member] === undefined ? undefined : pictureIn(exchange, body[member])
    if (picture) return picture
  }
  return undefined
}
