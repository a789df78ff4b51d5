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

/** Bytes as they came in, in a file of their own that nobody else knows. */
export type TakenIn = {
  sha256: string
  sizeBytes: number
  /** Where they lie for now, to look into them. */
  path: string
  /** Removes them from there. */
  drop: () => Promise<void>
}

const forgottenAfterMs = 24 * 60 * 60_000

/** Takes bytes in, below a folder of this machine; what does not come whole leaves nothing there. */
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
      prepared = undefined // the folder may be mended by the next time
      await drop().catch(() => {}) // what failed before says more
      return rethrow(error)
    }
  }
}

/** Makes the folder, and clears it of what a process left there when it was killed. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() })) // gone by now
    if (Date.now() - mtimeMs > forgottenAfterMs) await rm(path, { force: true })
  }
}

/** Writes and hashes piece by piece; ends when there is too much, whatever was announced. */
async function write(path: string, bytes: Bytes, maxBytes: number) {
  const hash = createHash("sha256")
  let sizeBytes = 0
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
    createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }),
  )
  return { sha256: hash.digest("hex"), sizeBytes }
}

const diskCodes =
  /^(ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EPERM|ENOENT|ENOTDIR|EEXIST|EIO|EMFILE|ENFILE)$/

/** What the disk has to say, in words for people. */
export function rethrow(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (error instanceof AppError || !diskCodes.test(code)) throw error
  throw new AppError("storage_unavailable", { cause: code })
}
