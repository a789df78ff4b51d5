import { encode } from "jpeg-js"
import type { Raster } from "./raster"

/** A JPEG file. */
export function encodeJpeg({ width, height, data }: Raster): Uint8Array {
  return encode({ width, height, data: new Uint8Array(data) }, 85).data
}
