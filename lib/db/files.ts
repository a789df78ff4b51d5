import "server-only"
import { AppError } from "../base/errors"
import { newId } from "../base/id"
import { limits } from "../base/limits"
import type { FilePart } from "../message/message"
import { db } from "./client"
import { lockBytes } from "./file-bytes"
import type { Prisma } from "./generated/client"
import type { User } from "./users"

/** What everybody may know of a file: as a message's part says it. */
export type FileFacts = Omit<FilePart, "type" | "fileId" | "isDeleted"> & { id: string }

/** A file of the user, and under which hash its bytes lie. */
export type StoredFile = FileFacts & { sha256: string }

/** Which result of a generation a file is. */
export type Origin = { generationId: string; place: number }

export type NewFile = Omit<StoredFile, "id"> & {
  source: "upload" | "generated"
  origin?: Origin | undefined
}

const fields = {
  id: true,
  sha256: true,
  name: true,
  mediaType: true,
  sizeBytes: true,
  width: true,
  height: true,
  durationMs: true,
} as const satisfies Prisma.FileSelect

type Row = Prisma.FileGetPayload<{ select: typeof fields }>

/**
 * Adds a file to those of the user, within their space. `send` may take its time with the bytes; `keep` puts
 * them in their place, when nothing else stands against it and while nobody can remove the same ones. Throws
 * `storage_full`.
 */
export async function createFile(
  user: User,
  { origin, ...file }: NewFile,
  { send, keep }: { send: () => Promise<void>; keep: () => Promise<void> },
): Promise<StoredFile> {
  // Looked at before the work, and again when nobody else can be adding.
  await checkSpace(db(), user, file.sizeBytes)
  await send()
  return db().$transaction(
    async (transaction) => {
      // Files of one person queue here: the limits below count rows that others may be adding.
      await transaction.$executeRaw`SELECT 1 FROM "User" WHERE "id" = ${user.id} FOR NO KEY UPDATE`
      await checkSpace(transaction, user, file.sizeBytes)
      await lockBytes(transaction, file.sha256)
      await keep()
      const data = { id: newId(), userId: user.id, ...file, ...origin }
      return toFile(await transaction.file.create({ data, select: fields }))
    },
    { maxWait: 10_000, timeout: 10_000 },
  )
}

/** One file of the user; NOT_FOUND when it is not theirs. */
export async function getFile(user: User, id: string): Promise<StoredFile> {
  const row = await db().file.findFirst({ where: { id, userId: user.id }, select: fields })
  if (!row) throw new AppError("not_found")
  return toFile(row)
}

/** The file that a result was kept as already; null when it was not. */
export async function findResult(origin: Origin): Promise<StoredFile | null> {
  const row = await db().file.findUnique({
    where: { generationId_place: origin },
    select: fields,
  })
  return row && toFile(row)
}

/** Files of the user in the order of `ids`; NOT_FOUND when any is not theirs. */
export async function listFiles(user: User, ids: string[]): Promise<StoredFile[]> {
  const found = await findFiles(user, ids)
  return ids.map((id) => {
    const file = found.get(id)
    if (!file) throw new AppError("not_found")
    return file
  })
}

/** Those of these files that the user still has, by id. */
export async function findFiles(user: User, ids: string[]): Promise<Map<string, StoredFile>> {
  const rows = await db().file.findMany({
    where: { id: { in: ids }, userId: user.id },
    select: fields,
  })
  return new Map(rows.map((row) => [row.id, toFile(row)]))
}

/** Which of these files are nowhere any more. */
export async function listMissing(ids: string[]): Promise<Set<string>> {
  const rows = await db().file.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const found = new Set(rows.map(({ id }) => id))
  return new Set(ids.filter((id) => !found.has(id)))
}

/**
 * Takes files from the user, all or none, and tells under which hashes their bytes lie. NOT_FOUND when any is
 * not theirs.
 */
export async function removeFiles(user: User, ids: string[]): Promise<string[]> {
  return db().$transaction(async (transaction) => {
    const wanted = [...new Set(ids)]
    const rows = await transaction.$queryRaw<{ sha256: string }[]>`
      DELETE FROM "File" WHERE "id" = ANY(${wanted}) AND "userId" = ${user.id} RETURNING "sha256"`
    if (rows.length < wanted.length) throw new AppError("not_found")
    return [...new Set(rows.map(({ sha256 }) => sha256))]
  })
}

/** A file without its hash, as a message's part or an answer to a browser has it. */
export function toFacts({ sha256: _bytes, ...facts }: StoredFile): FileFacts {
  return facts
}

async function checkSpace(
  transaction: Prisma.TransactionClient,
  user: User,
  sizeBytes: number,
): Promise<void> {
  const [used] = await transaction.$queryRaw<{ files: number; bytes: number }[]>`
    SELECT count(*)::int AS "files", coalesce(sum("sizeBytes"), 0)::float8 AS "bytes"
    FROM "File" WHERE "userId" = ${user.id}`
  const { files, bytes } = used ?? { files: 0, bytes: 0 }
  if (files >= limits.filesPerUser || bytes + sizeBytes > limits.filesBytesPerUser) {
    throw new AppError("storage_full")
  }
}

function toFile({ width, height, durationMs, ...row }: Row): StoredFile {
  return {
    ...row,
    ...(width !== null && { width }),
    ...(height !== null && { height }),
    ...(durationMs !== null && { durationMs }),
  }
}
