import { AppError } from "../../base/errors"

/** Milliseconds until the first token, between two of them, and in all. */
export type ChatTimeouts = { firstMs: number; idleMs: number; totalMs: number }

/**
 * Aborts a request that says nothing for too long. Comments and empty events do not count as life.
 * `failure` is the error to report when it was the watchdog who ended it.
 */
export function createWatchdog(timeouts: ChatTimeouts, outer: AbortSignal) {
  const controller = new AbortController()
  let failure: AppError | null = null
  let fedAt = performance.now()
  let patienceMs = timeouts.firstMs
  const bite = () => {
    failure = new AppError("model_silent")
    controller.abort()
  }
  // Wound up anew when it runs down, not at each of thousands of words.
  const look = () => {
    const leftMs = fedAt + patienceMs - performance.now()
    if (leftMs <= 0) bite()
    else idle = setTimeout(look, leftMs)
  }
  let idle = setTimeout(look, timeouts.firstMs)
  const total = setTimeout(bite, timeouts.totalMs)
  // Not AbortSignal.any, which lives on, with all that listens to it, until it is aborted.
  const follow = () => controller.abort(outer.reason)
  if (outer.aborted) follow()
  else outer.addEventListener("abort", follow)
  return {
    signal: controller.signal,
    feed() {
      fedAt = performance.now()
      if (patienceMs === timeouts.idleMs) return
      patienceMs = timeouts.idleMs
      clearTimeout(idle)
      idle = setTimeout(look, patienceMs)
    },
    failure: () => failure,
    /** Nothing is waited for any more. */
    end() {
      clearTimeout(idle)
      clearTimeout(total)
      outer.removeEventListener("abort", follow)
    },
    /** The same where something is still under way, which ends too. */
    abort() {
      this.end()
      controller.abort()
    },
  }
}
