import "server-only"
import type { InputFile } from "../aiml/schema/file"
import { AppError } from "../base/errors"
import { fileKindOf } from "../base/file-kinds"
import { getFile, type StoredFile } from "../db/files"
import type { User } from "../db/users"
import type { FilePart } from "../message/message"
import { files } from "./file-store"

/** A picture of which only size and type are known until it is read. */
export type Picture = { mediaType: string; sizeBytes: number; read: () => Promise<Uint8Array> }

/** The file that a part of a question stands for. Throws `not_found`, in words, when it is the user's no more. */
export async function findAttachment(
  user: User,
  part: Pick<FilePart, "fileId" | "name">,
): Promise<StoredFile> {
  return getFile(user, part.fileId).catch((error) => {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error
    throw new AppError("not_found", { message: `${part.name} was deleted. Attach it again.` })
  })
}

/** Its bytes, in memory. */
export async function readAttachment(user: User, part: FilePart): Promise<Uint8Array<ArrayBuffer>> {
  const { sha256 } = await findAttachment(user, part)
  const stream = await files().open(sha256)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A file as it goes into a model's request, opened when it is its turn. */
export function toInputFile({ name, mediaType, sizeBytes, sha256 }: StoredFile): InputFile {
  const open = () => files().open(sha256)
  return { kind: fileKindOf(mediaType), name, mediaType, sizeBytes, open }
}
