import "server-only"
import { AppError } from "../base/errors"
import { findGeneration, type Generation } from "../db/generations"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import { subscribe } from "../server/subscribe"
import { advance } from "./advance"

/** Poll interval, in case an event was missed. */
const lookMs = 3_000

/**
 * Waits until a generation has ended, successfully or not. Throws the abort reason of `signal`, and `job_gone` when
 * the row was deleted.
 */
export async function untilEnded(id: string, signal: AbortSignal): Promise<Generation> {
  for (;;) {
    const generation = await findGeneration(id).catch((error: unknown) => {
      // A database outage says nothing about the generation.
      log("warn", "generation-look-failed", { generationId: id, ...errorFields(error) })
      return undefined
    })
    if (generation === null) throw new AppError("job_gone")
    if (generation?.endedAt) return generation
    // Without background workers the waiting request advances the job itself.
    if (env().VERCEL) await advance(id)
    await ended(id, signal)
  }
}

function ended(id: string, signal: AbortSignal): Promise<void> {
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
