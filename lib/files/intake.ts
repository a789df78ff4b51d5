import "server-only"
import { createHash } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { AppError } from "../base/errors"
import { newId } from "../base/id"
import { tooLarge } from "./too-large"

export type Bytes = AsyncIterable<Uint8Array> | Uint8Array

/** Incoming bytes in a private temporary file. */
export type TakenIn = {
  sha256: string
  sizeBytes: number
  /** The temporary path, for inspection. */
  path: string
  /** Deletes the temporary file. */
  drop: () => Promise<void>
}

const forgottenAfterMs = 24 * 60 * 60_000

/** Writes incoming bytes to a temporary file under a local folder; an incomplete upload leaves nothing behind. */
export function createIntake(folder: string) {
  let prepared: Promise<void> | undefined
  return async (bytes: Bytes, maxBytes: number): Promise<TakenIn> => {
    const path = join(folder, newId())
    const drop = () => rm(path, { force: true })
    try {
      prepared ??= prepare(folder)
      await prepared
      return { ...(await write(path, bytes, maxBytes)), path, drop }
    } catch (error) {
      prepared = undefined // try again next time
      await drop().catch(() => {}) // the original error is more useful
      return rethrow(error)
    }
  }
}

/** Creates the folder and deletes files left over from a killed process. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() })) // deleted in the meantime
    if (Date.now() - mtimeMs > forgottenAfterMs) await rm(path, { force: true })
  }
}

/** Writes and hashes chunk by chunk; stops at the limit regardless of the announced length. */
async function write(path: string, bytes: Bytes, maxBytes: number) {
  const hash = createHash("sha256")
  let sizeBytes = 0
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true })
  await pipeline(
    Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes),
    async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        sizeBytes += piece.length
        if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
        hash.update(piece)
        yield piece
      }
    },
    file,
  ).finally(async () => {
    // One that fails early may be opened only afterwards: deleted before that it would stay.
    if (!file.closed) await new Promise<void>((resolve) => file.once("close", resolve))
  })
  return { sha256: hash.digest("hex"), sizeBytes }
}

const diskCodes =
  /^(ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EPERM|ENOENT|ENOTDIR|EEXIST|EIO|EMFILE|ENFILE)$/

/** Rethrows a disk error with a message for people. */
export function rethrow(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (error instanceof AppError || !diskCodes.test(code)) throw error
  throw new AppError("storage_unavailable", { cause: code })
}
