import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { errorFields, log } from "../server/log"

/** Waits between tries: over two minutes in all, enough for a database to restart. */
const pausesMs = [100, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000, 30_000]

/** Does `save` until it works; gives up, with a line in the log, only after the last pause. */
export async function retryUntilSaved(save: () => Promise<void>): Promise<void> {
  for (const pauseMs of [...pausesMs, null]) {
    try {
      return await save()
    } catch (error) {
      log("error", pauseMs === null ? "answer-lost" : "save-failed", errorFields(error))
      if (pauseMs !== null) await pause(pauseMs)
    }
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
