import "server-only"
import { toFacts } from "../db/files"
import type { User } from "../db/users"
import { AppError, retryOf } from "../errors"
import { download } from "../files/download"
import { limits } from "../limits"
import type { FilePart } from "../message"
import type { Judgement } from "../moderation"
import { env } from "../server/env"
import { keepFile } from "../server/keep-file"

const tries = 3

/**
 * Keeps what a model made, at once: its address may be gone in minutes. Gives the part that shows it.
 * `onJudged` is told what the guard says of a picture; throws `refused_by_moderation`.
 */
export async function keepOutput(
  user: User,
  made: { name: string; mediaType: string | null } & ({ bytes: Uint8Array } | { url: string }),
  { signal, onJudged }: { signal?: AbortSignal; onJudged?: (judgement: Judgement) => void } = {},
): Promise<FilePart> {
  for (let left = tries; ; left--) {
    try {
      const bytes = "bytes" in made ? made.bytes : await fetched(made.url, signal)
      const file = await keepFile(user, { name: made.name, bytes, source: "generated", onJudged })
      const { id, ...facts } = toFacts(file)
      return { type: "file", fileId: id, ...facts }
    } catch (error) {
      const mayPass = error instanceof AppError && retryOf(error.code) !== "never"
      if (left <= 1 || !mayPass || signal?.aborted) throw error
    }
  }
}

async function fetched(url: string, signal: AbortSignal | undefined) {
  const allowedOrigin = new URL(env().AIMLAPI_BASE_URL).origin
  const options = { allowedOrigin, maxBytes: limits.fileBytes, ...(signal && { signal }) }
  return (await download(url, options)).bytes
}
