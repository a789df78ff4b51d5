import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { listDue, listGenerationOwners } from "../db/generation-states"
import { isGone } from "../server/process-id"
import { openQueue } from "../server/queue"
import { endLostRuns } from "../turn/end-lost-runs"

const maxAtOnce = 100
const roundMs = 2_000

/**
 * Runs the next step of a generation. The media code is loaded on demand, which saves a server that only chats a
 * good part of its memory.
 */
export async function workOn(id: string, goneOwners: readonly string[] = []): Promise<void> {
  const { advance } = await import("../media/advance")
  await advance(id, goneOwners)
}

/**
 * Runs every generation that is due and not leased: those left by a killed process and those the queue lost.
 * Returns how many.
 */
export async function workOnDue(): Promise<number> {
  const owners = await listGenerationOwners()
  if (owners.length === 0) return 0
  await openQueue()
  const goneOwners = owners.filter(isGone)
  const ids = await listDue(goneOwners, maxAtOnce)
  await Promise.all(ids.map((id) => workOn(id, goneOwners)))
  return ids.length
}

/** Runs due work for `ms`. Returns the number of steps done. */
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
