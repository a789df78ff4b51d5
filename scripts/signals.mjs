import { Interruption } from "./failure.mjs"

const interruption = new AbortController()
const hurry = new AbortController()
const PARENT_CHECK_MS = 100
const SAME_SIGNAL_MS = 1000
let interruptedAt = 0

/** Aborted when it is time to stop: Ctrl-C, SIGTERM, SIGHUP, or npm above us is gone. */
export const interrupted = interruption.signal

/** Aborted at the second Ctrl-C: stop without waiting for anybody. */
export const hurried = hurry.signal

/** Starts to listen for whatever ends a command of ours. */
export function listenForSignals() {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, interrupt)
  // A reader that went away (a closed pipe) must not end us before our children are stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  if (process.env.npm_lifecycle_event) watchParent()
}

function interrupt() {
  const now = Date.now()
  if (interruptedAt === 0) {
    interruptedAt = now
    interruption.abort(new Interruption("interrupted"))
  } else if (now - interruptedAt > SAME_SIGNAL_MS) {
    // One Ctrl-C comes several times: from the terminal, from npm, from a Node that started us.
    hurry.abort(new Interruption("interrupted twice"))
  }
}

/** npm that is killed outright cannot tell us; we see that we were given to another parent. */
function watchParent() {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    interrupt()
  }, PARENT_CHECK_MS)
  timer.unref()
}

/**
 * Settles when the signal is aborted.
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function aborted(signal) {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true })
  })
}
