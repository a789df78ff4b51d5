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

/** A picture as sent to a guard model. */
export type Seen = { bytes: Uint8Array; mediaType: string }

/** The pictures among a question's files. */
export function picturesOf(user: User, files: readonly FilePart[]): Picture[] {
  return files
    .filter(({ mediaType }) => fileKindOf(mediaType) === "image")
    .map((part) => ({ ...part, read: () => readAttachment(user, part) }))
}

/** Reads pictures into memory. Throws `too_large` with the message `heavy` before reading any. */
export async function readPictures(pictures: readonly Picture[], heavy: string): Promise<Seen[]> {
  const sizeBytes = pictures.reduce((sum, picture) => sum + picture.sizeBytes, 0)
  if (sizeBytes > limits.attachedBytes) throw new AppError("too_large", { message: heavy })
  const loaded: Seen[] = []
  for (const { mediaType, read } of pictures) loaded.push({ bytes: await read(), mediaType })
  return loaded
}

/** Message for text that exceeds the moderation limit. */
export const tooLong =
  "This question was not sent: it is longer than what can be checked here. Your text is kept; shorten it, or attach less."

/** The text of a question and of its files. Throws `moderation_unavailable` once it exceeds the limit. */
export async function readTexts(
  user: User,
  text: string,
  files: readonly FilePart[],
  maxChars: number,
): Promise<string[]> {
  const texts = [text]
  let chars = text.length
  for (const part of files) {
    const fileText = await textOf(user, part)
    texts.push(fileText)
    chars += fileText.length
    if (chars > maxChars) throw new AppError("moderation_unavailable", { message: tooLong })
  }
  return texts
}

/** The text of a file; empty if none could be extracted. */
async function textOf(user: User, part: FilePart): Promise<string> {
  if (!isExtractable(part.mediaType)) return ""
  try {
    return (await textOfFile(await getFile(user, part.fileId))).text
  } catch (error) {
    if (error instanceof AppError && error.code === "file_unreadable") return ""
    throw error
  }
}
