import "server-only"
import {
  link,
  mkdir,
  open as openFile,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises"
import { join } from "node:path"
import { newId } from "../base/id"
import { createIntake, rethrow } from "./intake"
import { checkHash, isHash, type Store, type Stored } from "./store"

const pieceBytes = 256 * 1024

/** A store in a local folder. Several processes may share the folder. */
export function createFolderStore(folder: string): Store {
  const incoming = join(folder, "incoming")
  const takeIn = createIntake(incoming)
  const mark = join(folder, "installation")
  const place = (sha256: string) => {
    const hash = checkHash(sha256)
    return { folder: join(folder, hash.slice(0, 2)), name: hash.slice(2) }
  }
  const pathOf = (sha256: string) => join(place(sha256).folder, place(sha256).name)

  return {
    async put(bytes, maxBytes) {
      const taken = await takeIn(bytes, maxBytes)
      const keep = async () => {
        await mkdir(place(taken.sha256).folder, { recursive: true, mode: 0o700 })
        await rename(taken.path, pathOf(taken.sha256))
      }
      return { ...taken, send: async () => {}, keep: () => keep().catch(rethrow) }
    },
    async open(sha256, range) {
      const file = await openFile(pathOf(sha256)).catch(rethrow)
      return read(file, range?.start ?? 0, range?.end ?? Number.POSITIVE_INFINITY)
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    async *list() {
      for (const name of await namesIn(folder)) {
        if (/^[0-9a-f]{2}$/.test(name)) yield await listFolder(join(folder, name), name)
      }
    },
    async claim(installation) {
      const owner = await readFile(mark, "utf8").catch(noneSuch)
      if (owner !== null) return owner.trim()
      await writeOnce(mark, join(incoming, newId()), installation)
      return (await readFile(mark, "utf8")).trim()
    },
  }
}

/** Streams an open file and closes it at the end or when the reader cancels. */
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

async function listFolder(folder: string, start: string): Promise<Stored[]> {
  const names = (await namesIn(folder)).filter((name) => isHash(start + name))
  const stored = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(folder, name)).catch(noneSuch) // deleted in the meantime
      return facts ? [{ sha256: start + name, storedAt: facts.mtime }] : []
    }),
  )
  return stored.flat()
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(noneSuch)) ?? []
}

function noneSuch(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
  return rethrow(error)
}

/** Writes a draft and hard-links it, so that the file is complete as soon as it exists and is never overwritten. */
async function writeOnce(path: string, draft: string, text: string): Promise<void> {
  await mkdir(join(draft, ".."), { recursive: true, mode: 0o700 })
  await writeFile(draft, `${text}\n`, { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST"
    if (!isThere) throw error
  } finally {
    await rm(draft)
  }
}
