import "server-only"
import { PgBoss } from "pg-boss"
import { z } from "zod"
import { runSql } from "../db/client"
import { processWide } from "../process-wide"
import { errorFields, log } from "./log"

const name = "generations"
const jobSchema = z.object({ id: z.string() })

/** Seconds between two looks for what is due, and how many one look takes. */
const pollingIntervalSeconds = 1
const batchSize = 25
/** A job that its process left is due again after this; the row's own lease keeps two from working. */
const expireInSeconds = 20 * 60

const state = processWide("queue", () => ({ boss: null as PgBoss | null }))

/**
 * Opens the queue of background work, in tables of its own in the same database and over the same
 * connections. With `work`, this process does what is due.
 */
export async function openQueue(work: ((id: string) => Promise<void>) | null): Promise<void> {
  if (state.boss) return
  const boss = new PgBoss({
    db: { executeSql: runSql },
    schema: "pgboss",
    schedule: false,
    supervise: work !== null,
    registerInstance: false,
  })
  boss.on("error", (error) => log("warn", "queue-failed", errorFields(error)))
  await boss.start()
  await boss.createQueue(name, {
    policy: "short",
    expireInSeconds,
    retryLimit: 0,
    retentionSeconds: 24 * 60 * 60,
    deleteAfterSeconds: 60,
  })
  state.boss = boss
  if (!work) return
  await boss.work(name, { pollingIntervalSeconds, batchSize }, async (jobs) => {
    // A step may take minutes; the others do not wait for it.
    for (const job of jobs) void work(jobSchema.parse(job.data).id)
  })
}

/** Has a generation looked at by some process after a while; once, however often it is asked for. */
export async function later(id: string, ms: number): Promise<void> {
  // Whoever missed it here is found by the sweep.
  await state.boss
    ?.send(name, { id }, { singletonKey: id, startAfter: Math.max(1, Math.round(ms / 1_000)) })
    .catch((error: unknown) => log("warn", "queue-failed", errorFields(error)))
}

export async function closeQueue(): Promise<void> {
  await state.boss?.stop({ graceful: false, close: false })
  state.boss = null
}
