import "server-only"
import { AppError } from "../base/errors"
import type { Bytes } from "../files/intake"
import { sniff } from "../files/sniff"
import { files } from "../storage/file-store"

/** A temporary audio file with its detected type. */
export type Sound = { path: string; sizeBytes: number; mediaType: string; extension: string }

/**
 * Receives and inspects an audio file, and deletes it after `use`. Throws `too_large`, and `invalid` if it is not
 * audio.
 */
export async function withSound<Result>(
  given: Bytes,
  maxBytes: number,
  use: (sound: Sound) => Promise<Result>,
): Promise<Result> {
  const { path, sizeBytes, drop } = await files().put(given, maxBytes)
  try {
    if (sizeBytes === 0) throw new AppError("invalid", { message: "There is no sound in it." })
    const { mediaType, extension } = await sniff(path, "")
    if (!mediaType.startsWith("audio/")) {
      throw new AppError("invalid", { message: "This is no recording." })
    }
    return await use({ path, sizeBytes, mediaType, extension })
  } finally {
    await drop()
  }
}
