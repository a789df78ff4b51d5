import "server-only"
import type { InputFile } from "../aiml/schema/slots"
import { getFile, type StoredFile } from "../db/files"
import type { User } from "../db/users"
import { AppError } from "../errors"
import { fileKindOf } from "../file-kinds"
import type { FilePart } from "../message"
import { files } from "./file-store"

/** A file of the user with its bytes in memory, on its way to a model. */
export type Attachment = { part: FilePart; bytes: Uint8Array<ArrayBuffer> }

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

/** The same with its bytes. */
export async function readAttachment(user: User, part: FilePart): Promise<Attachment> {
  const { sha256 } = await findAttachment(user, part)
  const stream = await files().open(sha256)
  return { part, bytes: new Uint8Array(await new Response(stream).arrayBuffer()) }
}

/** The same as a model's request takes it: by a data address, or as a form's file. */
export function toInputFile({ part, bytes }: Attachment): InputFile {
  const { name, mediaType } = part
  return {
    kind: fileKindOf(mediaType),
    url: `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`,
    bytes: new File([bytes], name, { type: mediaType }),
  }
}
