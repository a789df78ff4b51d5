import "server-only"
import { AppError } from "../base/errors"
import { processWide } from "../base/process-wide"
import { type FileText, findFileText, saveFileText } from "../db/file-texts"
import type { StoredFile } from "../db/files"
import { type Extracted, extractText, isTransient } from "../files/extract/extract"
import { errorFields, log } from "../server/log"
import { files } from "./file-store"

const tryAgainAfterMs = 60 * 60_000
const reading = processWide("file-texts", () => new Map<string, Promise<FileText>>())

/**
 * The extracted text of a file, cached in the database. Throws `file_unreadable`, with a message for people. Does
 * not check ownership; callers have already found the file through its user.
 */
export async function textOfFile(
  file: Pick<StoredFile, "sha256" | "mediaType">,
): Promise<Extracted> {
  const { error, ...extracted } = (await findKept(file.sha256)) ?? (await readOnce(file))
  if (error !== null) throw new AppError("file_unreadable", { message: error })
  return extracted
}

async function findKept(sha256: string): Promise<FileText | null> {
  const row = await findFileText(sha256)
  if (!row) return null
  const { createdAt, ...kept } = row
  const isStale = Date.now() - createdAt.getTime() > tryAgainAfterMs
  return kept.error !== null && isTransient(kept.error) && isStale ? null : kept
}

/** Concurrent requests for the same file share one extraction. */
function readOnce(file: Pick<StoredFile, "sha256" | "mediaType">): Promise<FileText> {
  const running = reading.get(file.sha256)
  if (running) return running
  const started = read(file).finally(() => reading.delete(file.sha256))
  reading.set(file.sha256, started)
  return started
}

async function read({ sha256, mediaType }: Pick<StoredFile, "sha256" | "mediaType">) {
  const extracted = await extract(sha256, mediaType)
  await saveFileText(sha256, extracted).catch((error) =>
    log("warn", "file-text-lost", errorFields(error)),
  )
  return extracted
}

async function extract(sha256: string, mediaType: string): Promise<FileText> {
  try {
    const extracted = await extractText({ mediaType, open: () => files().open(sha256) })
    return { ...extracted, error: null }
  } catch (error) {
    const isUnreadable = error instanceof AppError && error.code === "file_unreadable"
    if (!isUnreadable) throw error
    return { text: "", isCut: false, pages: null, error: error.message }
  }
}
