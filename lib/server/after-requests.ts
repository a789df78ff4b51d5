import "server-only"
// With its extension, by which Node itself finds it too: unit tests run without a bundler.
import { after } from "next/server.js"
import { processWide } from "../base/process-wide"
import { env } from "./env"
import { errorFields, log } from "./log"

/** A platform ends a function so long after its request came that an older one leaves the work to others. */
const youngMs = 60_000
/** A busy process asks no more often whether there is something to do. */
const restMs = 2_000

type Work = () => Promise<void>

const state = processWide("after-requests", () => ({ work: null as Work | null, nextAt: 0 }))

/** Has requests do this work once they are answered: where a process stands still while it has none. */
export function workAfterRequests(work: Work): void {
  state.work = work
}

/** Said by every door of each request. */
export function noteRequest(): void {
  const { work } = state
  if (!work) return
  const cameAt = performance.now()
  after(async () => {
    const now = performance.now()
    if (now < state.nextAt || now - cameAt > youngMs) return
    state.nextAt = Number.POSITIVE_INFINITY
    await work().catch((error: unknown) => log("warn", "catch-up-failed", errorFields(error)))
    state.nextAt = performance.now() + restMs
  })
}

/** Has the process of this request go on until some work is done, where it would stand still otherwise. */
export function stayFor(work: () => Promise<unknown>): void {
  if (env().VERCEL) after(work())
}
