const sliceMs = 8
const patienceMs = 300

const waiting = new Set<() => void>()
let isScheduled = false

/** Runs work when the browser has time, a little at once; returns how to cancel it. */
export function whenIdle(work: () => void): () => void {
  waiting.add(work)
  schedule()
  return () => waiting.delete(work)
}

function schedule(): void {
  if (isScheduled) return
  isScheduled = true
  if (typeof requestIdleCallback === "function") requestIdleCallback(drain, { timeout: patienceMs })
  else setTimeout(drain, 16)
}

function drain(): void {
  isScheduled = false
  const end = performance.now() + sliceMs
  for (const work of waiting) {
    waiting.delete(work)
    work()
    if (performance.now() >= end) break
  }
  if (waiting.size > 0) schedule()
}
