import "server-only"
// With its extension, which Node needs to resolve it in unit tests without a bundler.
import { after } from "next/server.js"
import { processWide } from "../base/process-wide"
import { env } from "./env"
import { errorFields, log } from "./log"

/** The platform ends a function some time after its request arrived, so only a young request takes on work. */
const youngMs = 60_000
/** Minimum interval between checks for due work in a busy process. */
const restMs = 2_000

type Work = () => Promise<void>

const state = processWide("after-requests", () => ({ work: null as Work | null, nextAt: 0 }))

/** Runs `work` after each response, for platforms that freeze a process between requests. */
export function workAfterRequests(work: Work): void {
  state.work = work
}

/** Called by every route at the start of a request. */
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

/** Keeps the process of the current request running until `work` is done, on platforms that would freeze it. */
export function stayFor(work: () => Promise<unknown>): void {
  if (env().VERCEL) after(work())
}
