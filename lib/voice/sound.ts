import "server-only"
import { AppError } from "../base/errors"
import type { Bytes } from "../files/intake"
import { sniff } from "../files/sniff"
import { files } from "../storage/file-store"

/** A sound that nobody keeps: where it lies for now, and what it really is. */
export type Sound = { path: string; sizeBytes: number; mediaType: string; extension: string }

/**
 * Takes a sound in, looks what it is, and forgets it when `use` is done with it. Throws `too_large`, and
 * `invalid` for what is no sound.
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
