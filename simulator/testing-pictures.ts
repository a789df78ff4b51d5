import { expect } from "@playwright/test"
import { z } from "zod"
import { decodePng } from "./media/png"
import { createRaster, fillBox, type Raster } from "./media/raster"
import type { Client } from "./testing"

/** What the tests of pictures ask with. */
export const prompt = "A red fox on a hill"
export const counted = { model: "blackforestlabs/flux-2", prompt, output_format: "png" }
export const small = { image_size: { width: 512, height: 512 } }

const pictureSchema = z.looseObject({
  url: z.string().optional(),
  b64_json: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
})
const answerSchema = z.looseObject({
  data: z.array(pictureSchema).optional(),
  images: z.array(pictureSchema).optional(),
  meta: z.object({ usage: z.object({ credits_used: z.number(), usd_spent: z.number() }) }),
})

async function bytesOf({ url, b64_json }: z.infer<typeof pictureSchema>): Promise<Buffer> {
  if (url === undefined) return Buffer.from(b64_json ?? "", "base64")
  const media = await fetch(url)
  expect(media.status).toBe(200)
  return Buffer.from(await media.arrayBuffer())
}

/** An answer with its pictures, which must be a success. */
export async function read(response: Response) {
  const text = await response.text()
  expect(response.ok, text).toBe(true)
  const answer = answerSchema.parse(JSON.parse(text))
  const files = await Promise.all((answer.data ?? answer.images ?? []).map(bytesOf))
  return { answer, files }
}

/** The pictures that a request for some brings. */
export async function draw(client: Client, body: object): Promise<Buffer[]> {
  return (await read(await client.post("/v1/images/generations", body))).files
}

/** The words of a refusal. */
export async function messageOf(response: Response): Promise<string> {
  expect(response.status).toBe(400)
  return z.object({ message: z.string() }).parse(await response.json()).message
}

/** A PNG as an address that holds it. */
export const dataAddress = (png: Uint8Array) =>
  `data:image/png;base64,${Buffer.from(png).toString("base64")}`

/** A plain picture. */
export function blue(width: number, height: number): Raster {
  const raster = createRaster(width, height)
  fillBox(raster, { left: 0, top: 0, width, height }, [20, 40, 220], 1)
  return raster
}

/** The pixels of a PNG; throws for what is none. */
export function decoded(file: Uint8Array | undefined): Raster {
  const raster = file && decodePng(file)
  if (!raster) throw new Error("This is no PNG file")
  return raster
}
