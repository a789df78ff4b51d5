import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { errorFields, log } from "../server/log"

/** Waits between tries; the last one goes on for as long as the process lives. */
const pausesMs = [100, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const

/** Does `save` until it works: an answer that a reader has seen must not be lost to a long outage. */
export async function retryUntilSaved(save: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries++) {
    await pause(pausesMs[Math.min(tries, pausesMs.length - 1)])
    if (await isDone(save)) return
  }
}

/** Tries once; false when it did not work. */
export async function isDone(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    log("warn", "save-failed", errorFields(error))
    return false
  }
}
