import "server-only"
import { AppError, retryOf } from "../base/errors"
import { limits } from "../base/limits"
import { findResult, type Origin, type StoredFile, toFacts } from "../db/files"
import type { User } from "../db/users"
import { download } from "../files/download"
import { type Judgement, refusal } from "../message/judgement"
import type { FilePart } from "../message/message"
import { isModerated, moderatePicture } from "../moderation/moderate"
import { env } from "../server/env"
import type { Picture } from "../storage/attachments"
import { keepFile } from "../storage/keep-file"

const tries = 3

type Made = {
  name: string
  mediaType: string | null
  /** Identifies the result of a generation, so that it is stored only once. */
  origin?: Origin
  /** Called with the guard model's judgement of a picture. */
  onJudged?: (judgement: Judgement) => void
} & ({ bytes: Uint8Array } | { url: string })

/**
 * Stores a model's output right away, since its URL may expire within minutes. Returns the part that shows it.
 * Throws `refused_by_moderation` for a picture the guard model refuses.
 */
export async function keepOutput(user: User, made: Made, signal?: AbortSignal): Promise<FilePart> {
  const existing = made.origin && (await findResult(made.origin))
  return toPart(existing ?? (await keep(user, made, signal)))
}

async function keep(user: User, made: Made, signal?: AbortSignal): Promise<StoredFile> {
  const { name, origin, onJudged } = made
  for (let left = tries; ; left--) {
    try {
      const bytes = "bytes" in made ? made.bytes : await fetched(made.url, signal)
      const file = { name, bytes, source: "generated" as const, origin }
      if (!isModerated()) return await keepFile(user, file)
      const checkPicture = async (picture: Picture) => {
        const judgement = await moderatePicture(picture)
        if (judgement) onJudged?.(judgement)
        if (judgement && !judgement.isSafe) throw refusal(judgement, "result")
      }
      return await keepFile(user, { ...file, checkPicture })
    } catch (error) {
      const mayPass = error instanceof AppError && retryOf(error.code) !== "never"
      if (left <= 1 || !mayPass || signal?.aborted) throw error
    }
  }
}

function toPart(file: StoredFile): FilePart {
  const { id, ...facts } = toFacts(file)
  return { type: "file", fileId: id, ...facts }
}

async function fetched(url: string, signal: AbortSignal | undefined) {
  const allowedOrigin = new URL(env().AIMLAPI_BASE_URL).origin
  const options = { allowedOrigin, maxBytes: limits.fileBytes, ...(signal && { signal }) }
  return (await download(url, options)).bytes
}
