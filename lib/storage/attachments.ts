import "server-only"
import type { InputFile } from "../aiml/schema/file"
import { AppError } from "../base/errors"
import { fileKindOf } from "../base/file-kinds"
import { getFile, type StoredFile } from "../db/files"
import type { User } from "../db/users"
import type { FilePart } from "../message/message"
import { files } from "./file-store"

/** A picture whose bytes are read on demand. */
export type Picture = { mediaType: string; sizeBytes: number; read: () => Promise<Uint8Array> }

/** The file behind a question's part. Throws `not_found`, with a message for people, if the user no longer has it. */
export async function findAttachment(
  user: User,
  part: Pick<FilePart, "fileId" | "name">,
): Promise<StoredFile> {
  return getFile(user, part.fileId).catch((error) => {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error
    throw new AppError("not_found", { message: `${part.name} was deleted. Attach it again.` })
  })
}

/** Reads an attachment into memory. */
export async function readAttachment(user: User, part: FilePart): Promise<Uint8Array<ArrayBuffer>> {
  const { sha256 } = await findAttachment(user, part)
  const stream = await files().open(sha256)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** A file for a model request, opened when its turn to be sent comes. */
export function toInputFile({ name, mediaType, sizeBytes, sha256 }: StoredFile): InputFile {
  const open = () => files().open(sha256)
  return { kind: fileKindOf(mediaType), name, mediaType, sizeBytes, open }
}
