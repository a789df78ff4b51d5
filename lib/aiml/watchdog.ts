import { AppError } from "../errors"

/** Milliseconds until the first token, between two of them, and in all. */
export type ChatTimeouts = { firstMs: number; idleMs: number; totalMs: number }

/**
 * Aborts a request that says nothing for too long. Comments and empty events do not count as life.
 * `failure` is the error to report when it was the watchdog who ended it.
 */
export function createWatchdog(timeouts: ChatTimeouts, outer: AbortSignal) {
  const controller = new AbortController()
  let failure: AppError | null = null
  const bite = () => {
    failure = new AppError("model_silent")
    controller.abort()
  }
  let idle = setTimeout(bite, timeouts.firstMs)
  const total = setTimeout(bite, timeouts.totalMs)
  return {
    signal: AbortSignal.any([controller.signal, outer]),
    feed() {
      clearTimeout(idle)
      idle = setTimeout(bite, timeouts.idleMs)
    },
    failure: () => failure,
    end() {
      clearTimeout(idle)
      clearTimeout(total)
    },
  }
}
