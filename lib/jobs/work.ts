import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { listDue, listGenerationOwners } from "../db/generations"
import { advance } from "../media/advance"
import { isGone } from "../server/owner"
import { endLostRuns } from "../turn/lost"

const mostAtOnce = 100
const roundMs = 2_000

/**
 * Works on everything that is due and that nobody works on: what a process left when it was killed, and what
 * the queue lost. Gives how many there were.
 */
export async function workOnDue(): Promise<number> {
  const goneOwners = (await listGenerationOwners()).filter(isGone)
  const ids = await listDue(goneOwners, mostAtOnce)
  await Promise.all(ids.map((id) => advance(id, goneOwners)))
  return ids.length
}

/** Does for a while what otherwise happens in the background. Gives how many steps it took. */
export async function workFor(ms: number): Promise<number> {
  const until = performance.now() + ms
  await endLostRuns()
  let steps = await workOnDue()
  while (performance.now() + roundMs < until && (await hasMore())) {
    await pause(roundMs)
    steps += await workOnDue()
  }
  return steps
}

async function hasMore(): Promise<boolean> {
  return (await listGenerationOwners()).length > 0
}
