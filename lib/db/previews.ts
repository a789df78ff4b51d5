import "server-only"
import { db } from "./client"
import { getFile } from "./files"
import type { User } from "./users"

export type Preview = { bytes: Uint8Array<ArrayBuffer>; mediaType: string }

/** The small picture of a file of the user, or null; NOT_FOUND when the file is not theirs. */
export async function findPreview(user: User, fileId: string): Promise<Preview | null> {
  await getFile(user, fileId)
  const row = await db().filePreview.findUnique({ where: { fileId } })
  return row && { bytes: row.bytes, mediaType: row.mediaType }
}

/** Keeps the small picture of a file of the user, unless it has one. NOT_FOUND when the file is not theirs. */
export async function savePreview(user: User, fileId: string, preview: Preview): Promise<void> {
  await getFile(user, fileId)
  await db().filePreview.createMany({ data: { fileId, ...preview }, skipDuplicates: true })
}
