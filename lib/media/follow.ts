import "server-only"
import { AppError } from "../base/errors"
import { findGeneration, type Generation } from "../db/generations"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import { subscribe } from "../server/subscribe"
import { advance } from "./advance"

/** Who waits also looks, in case the news was missed. */
const lookMs = 3_000

/**
 * Waits until a generation has ended, however that is. Throws what `signal` is aborted with, and `job_gone`
 * when its row is deleted.
 */
export async function untilEnded(id: string, signal: AbortSignal): Promise<Generation> {
  for (;;) {
    const generation = await findGeneration(id).catch((error: unknown) => {
      // A database that is away says nothing about the generation.
      log("warn", "generation-look-failed", { generationId: id, ...errorFields(error) })
      return undefined
    })
    if (generation === null) throw new AppError("job_gone")
    if (generation?.endedAt) return generation
    // Where nothing works in the background, whoever waits does.
    if (env().VERCEL) await advance(id)
    await heard(id, signal)
  }
}

function heard(id: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      unsubscribe()
      signal.removeEventListener("abort", onAbort)
      settle()
    }
    const timer = setTimeout(() => end(resolve), lookMs)
    const unsubscribe = subscribe("generation", id, () => end(resolve))
    const onAbort = () => end(() => reject(signal.reason))
    signal.addEventListener("abort", onAbort)
    if (signal.aborted) onAbort()
  })
}
