import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { setDraining } from "../server/readiness"
import { liveRuns } from "./live-run"

const drainMs = 8_000
/** For saving what was interrupted; a database that is away must not hold up the end. */
const saveMs = 3_000
const pollMs = 50

/** Lets running answers end, for a while; then keeps what they have as interrupted. Nothing new begins. */
export async function drainRuns(): Promise<void> {
  setDraining()
  await untilIdle(drainMs)
  for (const run of liveRuns.values()) run.stop("interrupted")
  await untilIdle(saveMs)
}

async function untilIdle(withinMs: number): Promise<void> {
  const until = performance.now() + withinMs
  while (liveRuns.size > 0 && performance.now() < until) await pause(pollMs)
}
