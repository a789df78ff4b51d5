import { Interruption } from "./failure.mjs"

const interruption = new AbortController()
const hurry = new AbortController()
const PARENT_CHECK_MS = 100
const SAME_SIGNAL_MS = 1000
let interruptedAt = 0

/** Aborted on the first request to stop: Ctrl-C, SIGTERM, SIGHUP, or the death of the parent npm. */
export const interrupted = interruption.signal

/** Aborted on the second Ctrl-C: stop without waiting. */
export const hurried = hurry.signal

/** Starts listening for everything that stops a command. */
export function listenForSignals() {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, interrupt)
  // A closed output pipe must not end us before our children are stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {})
  if (process.env.npm_lifecycle_event) watchParent()
}

function interrupt() {
  const now = Date.now()
  if (interruptedAt === 0) {
    interruptedAt = now
    interruption.abort(new Interruption("interrupted"))
  } else if (now - interruptedAt > SAME_SIGNAL_MS) {
    // A single Ctrl-C may arrive several times: from the terminal, npm, and a parent Node.
    hurry.abort(new Interruption("interrupted twice"))
  }
}

/** A killed npm cannot notify us, but our parent process id changes. */
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
 * Resolves when the signal is aborted.
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function aborted(signal) {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true })
  })
}
