import "server-only"
import { createHash } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, open as openFile, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { AppError } from "../errors"
import { newId } from "../id"
import { tooLarge } from "./too-large"

export type Bytes = AsyncIterable<Uint8Array> | Uint8Array

/** Bytes that were taken in and that nobody can see yet. */
type PutBytes = {
  sha256: string
  sizeBytes: number
  /** Where they lie for now, to look into them. */
  path: string
  /** Puts them in their place; the same ones may be there already. */
  keep: () => Promise<void>
  /** Removes them, if they were not kept. */
  drop: () => Promise<void>
}

/** The bytes of files, each once, under their hash. It knows neither people nor names. */
export type Store = {
  put: (bytes: Bytes, maxBytes: number) => Promise<PutBytes>
  /** The bytes from `start` to `end`, both included; all of them when no range is given. */
  open: (sha256: string, range?: Range) => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>
  remove: (sha256: string) => Promise<void>
}
export type Range = { start: number; end: number }

const pieceBytes = 256 * 1024
const forgottenAfterMs = 24 * 60 * 60_000

/** A store in a folder. Several processes may share the folder. */
export function createStore(folder: string): Store {
  const incoming = join(folder, "incoming")
  let prepared: Promise<void> | undefined

  const place = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("this is no hash")
    return { folder: join(folder, sha256.slice(0, 2)), name: sha256.slice(2) }
  }
  const pathOf = (sha256: string) => join(place(sha256).folder, place(sha256).name)

  return {
    async put(bytes, maxBytes) {
      const path = join(incoming, newId())
      const drop = () => rm(path, { force: true })
      try {
        prepared ??= prepare(incoming)
        await prepared
        const { sha256, sizeBytes } = await write(path, bytes, maxBytes)
        const keep = async () => {
          await mkdir(place(sha256).folder, { recursive: true, mode: 0o700 })
          await rename(path, pathOf(sha256))
        }
        return { sha256, sizeBytes, path, keep: () => keep().catch(rethrow), drop }
      } catch (error) {
        prepared = undefined // the folder may be mended by the next time
        await drop().catch(() => {}) // what failed before says more
        return rethrow(error)
      }
    },
    async open(sha256, range) {
      const file = await openFile(pathOf(sha256)).catch(rethrow)
      return read(file, range?.start ?? 0, range?.end ?? Number.POSITIVE_INFINITY)
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  }
}

/** Makes the folder for what comes in, and clears it of what a process left there when it was killed. */
async function prepare(incoming: string): Promise<void> {
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
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

/** The open file as a stream that closes it at its end, or when its reader leaves. */
function read(file: Awaited<ReturnType<typeof openFile>>, start: number, end: number) {
  let position = start
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const piece = new Uint8Array(Math.min(pieceBytes, end - position + 1))
      const { bytesRead } = await file
        .read(piece, 0, piece.length, position)
        .catch(async (error) => {
          await file.close()
          throw error
        })
      position += bytesRead
      if (bytesRead > 0) return controller.enqueue(piece.subarray(0, bytesRead))
      await file.close()
      controller.close()
    },
    cancel: () => file.close(),
  })
}

const diskCodes =
  /^(ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EPERM|ENOENT|ENOTDIR|EEXIST|EIO|EMFILE|ENFILE)$/

/** What the disk has to say, in words for people. */
function rethrow(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  if (error instanceof AppError || !diskCodes.test(code)) throw error
  throw new AppError("storage_unavailable", { cause: code })
}
