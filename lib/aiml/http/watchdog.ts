import { AppError } from "../../base/errors"

/** Limits in milliseconds: until the first token, between tokens, and in total. */
export type ChatTimeouts = { firstMs: number; idleMs: number; totalMs: number }

/**
 * Aborts a request without progress. Comments and empty events do not count. If the watchdog aborted, `failure` is
 * the error to report.
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
  // The timer is re-armed when it fires rather than for each of thousands of tokens.
  const look = () => {
    const leftMs = fedAt + patienceMs - performance.now()
    if (leftMs <= 0) bite()
    else idle = setTimeout(look, leftMs)
  }
  let idle = setTimeout(look, timeouts.firstMs)
  const total = setTimeout(bite, timeouts.totalMs)
  // Not AbortSignal.any, which stays alive with all its listeners until it is aborted.
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
    /** Stops watching. */
    end() {
      clearTimeout(idle)
      clearTimeout(total)
      outer.removeEventListener("abort", follow)
    },
    /** Stops watching and aborts whatever is still running. */
    abort() {
      this.end()
      controller.abort()
    },
  }
}
