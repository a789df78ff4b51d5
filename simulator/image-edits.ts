import { z } from "zod"
import { refuseBody } from "./accept"
import type { Exchange, Route } from "./exchange"
import { acceptPicture, sendPictures } from "./images"
import { decodePng } from "./media/png"
import type { Raster } from "./media/raster"
import { bytesOf, firstPicture } from "./media/sources"

const largestMaskBytes = 4 * 1024 * 1024
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47])

/** The mask of an edit. Unfit ones are refused; nothing for one that cannot be read here. */
function maskIn(exchange: Exchange, body: Record<string, unknown>): Raster | undefined {
  if (body.mask === undefined) return undefined
  const refuse = (message: string) => refuseBody(exchange, [{ path: "mask", message }])
  const bytes = bytesOf(exchange, body.mask)
  if (!bytes?.subarray(0, 4).equals(pngSignature)) refuse("Mask must be a PNG file")
  if (bytes && bytes.length > largestMaskBytes) refuse("Mask must be smaller than 4MB")
  const mask = bytes && decodePng(bytes)
  const source = mask && firstPicture(exchange, body)
  // A picture that had to be shrunk to be drawn still has its shape.
  const ratio = ({ width, height }: Raster) => width / height
  if (mask && source && Math.abs(ratio(mask) / ratio(source) - 1) > 0.01) {
    refuse("Mask must have the same size as the image")
  }
  return mask
}

async function edit(exchange: Exchange): Promise<void> {
  const accepted = await acceptPicture(exchange, { isEdit: true })
  const { body } = accepted
  if (z.array(z.unknown()).length(0).safeParse(body.image).success) {
    const message = "Array must contain at least 1 element(s)"
    refuseBody(exchange, [{ path: "image", message }])
  }
  await sendPictures(exchange, accepted, { mask: maskIn(exchange, body), shape: "data" })
}

export const imageEditRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/images\/edits$/, handle: edit },
]
