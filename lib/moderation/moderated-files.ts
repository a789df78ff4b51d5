import "server-only"
import { AppError } from "../base/errors"
import { fileKindOf } from "../base/file-kinds"
import { limits } from "../base/limits"
import { getFile } from "../db/files"
import type { User } from "../db/users"
import { isExtractable } from "../files/extract/extract"
import type { FilePart } from "../message/message"
import { type Picture, readAttachment } from "../storage/attachments"
import { textOfFile } from "../storage/file-text"

/** One as a guard sees it. */
export type Seen = { bytes: Uint8Array; mediaType: string }

/** The pictures among the files of a question. */
export function picturesOf(user: User, files: readonly FilePart[]): Picture[] {
  return files
    .filter(({ mediaType }) => fileKindOf(mediaType) === "image")
    .map((part) => ({ ...part, read: () => readAttachment(user, part) }))
}

/** The bytes of pictures. Throws `too_large` with `heavy` before any is read. */
export async function readPictures(pictures: readonly Picture[], heavy: string): Promise<Seen[]> {
  const sizeBytes = pictures.reduce((sum, picture) => sum + picture.sizeBytes, 0)
  if (sizeBytes > limits.attachedBytes) throw new AppError("too_large", { message: heavy })
  const seen: Seen[] = []
  for (const { mediaType, read } of pictures) seen.push({ bytes: await read(), mediaType })
  return seen
}

/** Words for what is longer than what a guard is asked about. */
export const tooLong =
  "This question was not sent: it is longer than what can be checked here. Your text is kept; shorten it, or attach less."

/** The words of a question and of its files. Throws `moderation_unavailable` once they are too many. */
export async function readTexts(
  user: User,
  text: string,
  files: readonly FilePart[],
  mostChars: number,
): Promise<string[]> {
  const texts = [text]
  let chars = text.length
  for (const part of files) {
    const own = await textOf(user, part)
    texts.push(own)
    chars += own.length
    if (chars > mostChars) throw new AppError("moderation_unavailable", { message: tooLong })
  }
  return texts
}

/** The text of a file; empty for what has none that could be read. */
async function textOf(user: User, part: FilePart): Promise<string> {
  if (!isExtractable(part.mediaType)) return ""
  try {
    return (await textOfFile(await getFile(user, part.fileId))).text
  } catch (error) {
    if (error instanceof AppError && error.code === "file_unreadable") return ""
    throw error
  }
}
