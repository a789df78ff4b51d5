import "server-only"
import { readFile } from "node:fs/promises"
import { AppError } from "../errors"
import type { Bytes } from "../files/intake"
import { sniff } from "../files/sniff"
import { files } from "../server/file-store"

/** A sound that nobody keeps, in memory, with what it really is. */
export type Sound = { bytes: Buffer<ArrayBuffer>; mediaType: string; extension: string }

/** Takes a sound in to look what it is. Throws `too_large`, and `invalid` for what is no sound. */
export async function takeSound(given: Bytes, maxBytes: number): Promise<Sound> {
  const put = await files().put(given, maxBytes)
  try {
    if (put.sizeBytes === 0) throw new AppError("invalid", { message: "There is no sound in it." })
    const { mediaType, extension } = await sniff(put.path, "")
    if (!mediaType.startsWith("audio/")) {
      throw new AppError("invalid", { message: "This is no recording." })
    }
    return { bytes: await readFile(put.path), mediaType, extension }
  } finally {
    await put.drop()
  }
}
