import "server-only"
import { readFile } from "node:fs/promises"
import { AppError } from "../base/errors"
import { limits } from "../base/limits"
import { createFile, type Origin, type StoredFile } from "../db/files"
import type { User } from "../db/users"
import type { Bytes } from "../files/intake"
import { safeName } from "../files/name"
import { sniff } from "../files/sniff"
import type { Picture } from "./attachments"
import { files } from "./file-store"
import { releaseBytes } from "./remove-files"

type Given = {
  /** Its name at the source. */
  name: string
  bytes: Bytes
  source: "upload" | "generated"
  /** Called with a picture before it is stored; throws to refuse it. */
  checkPicture?: ((picture: Picture) => Promise<void>) | undefined
  /** The generation that produced it, if any. */
  origin?: Origin | undefined
}

/**
 * Stores a file for the user: receives the bytes, detects the type, and creates the row; on failure nothing
 * remains. Used for uploads and for generated files.
 */
export async function keepFile(
  user: User,
  { name, bytes, source, origin, checkPicture }: Given,
): Promise<StoredFile> {
  const put = await files().put(bytes, limits.fileBytes)
  try {
    if (put.sizeBytes === 0) throw new AppError("invalid", { message: empty })
    const { extension, ...facts } = await sniff(put.path, name)
    // Generated output has been paid for and is kept regardless of its dimensions.
    const { width = 0, height = 0 } = facts
    const isPicture = facts.mediaType.startsWith("image/")
    if (source === "upload" && isPicture && width * height > limits.imagePixels) {
      throw new AppError("too_large", { message: tooManyPixels })
    }
    if (isPicture && checkPicture) {
      const { sizeBytes, path } = put
      await checkPicture({ mediaType: facts.mediaType, sizeBytes, read: () => readFile(path) })
    }
    const { sha256, sizeBytes } = put
    const file = { ...facts, name: safeName(name, extension), sha256, sizeBytes, source, origin }
    return await createFile(user, file, put)
  } catch (error) {
    await put.drop()
    await releaseBytes(put.sha256)
    throw error
  }
}

const empty = "This file is empty. Choose another one."
const tooManyPixels = `A picture may have ${limits.imagePixels / 1_000_000} million pixels at most. Make it smaller.`
