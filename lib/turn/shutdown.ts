import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { underWay } from "../media/under-way"
import { setDraining } from "../server/readiness"
import { writeJournal } from "./journal"
import { type LocalRun, localRuns } from "./local-run"

const drainMs = 8_000
/** For saving what was interrupted; a database that is away must not hold up the end. */
const saveMs = 3_000
const pollMs = 50

/**
 * Lets running answers end, for a while; then keeps what they have as interrupted. Nothing new begins. What
 * is being made goes on elsewhere, or here after the next start; only what is being sent is waited for.
 */
export async function drainRuns(): Promise<void> {
  setDraining()
  await untilIdle(drainMs)
  for (const run of waited()) run.stop("interrupted")
  await untilIdle(saveMs)
  if (localRuns.size > 0) await writeJournal().catch(() => undefined) // the database is away: it has enough
}

function waited(): LocalRun[] {
  return [...localRuns.values()].filter((run) => !run.outlivesProcess)
}

async function untilIdle(withinMs: number): Promise<void> {
  const until = performance.now() + withinMs
  while ((waited().length > 0 || underWay.steps > 0) && performance.now() < until)
    await pause(pollMs)
}
