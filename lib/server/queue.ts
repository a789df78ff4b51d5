import "server-only"
import type { PgBoss } from "pg-boss"
import { z } from "zod"
import { processWide } from "../base/process-wide"
import { runSql } from "../db/client"
import { errorFields, log } from "./log"

const name = "generations"
const jobSchema = z.object({ id: z.string() })

/** Seconds between two looks for what is due, and how many one look takes. */
const pollingIntervalSeconds = 1
const batchSize = 25
/** A job that its process left is due again after this; the row's own lease keeps two from working. */
const expireInSeconds = 20 * 60

/** So long the sweep works alone after the queue could not be opened. */
const retryMs = 60_000

type Work = (id: string) => Promise<void>

const state = processWide("queue", () => ({
  isUsed: false,
  work: null as Work | null,
  opened: null as Promise<PgBoss | null> | null,
  boss: null as PgBoss | null,
}))

/** From now on this process may open the queue; with `work`, it does then what is due. */
export function allowQueue(work: Work | null): void {
  Object.assign(state, { isUsed: true, work })
}

/**
 * Opens the queue of background work, in tables of its own in the same database and over the same
 * connections; not before something is made, as many servers never make anything. Where it cannot be opened,
 * such as where no tables may be made, the sweep alone works, only slower.
 */
export async function openQueue(): Promise<void> {
  await opened()
}

function opened(): Promise<PgBoss | null> {
  if (!state.isUsed) return Promise.resolve(null)
  state.opened ??= open(state.work).catch(async (error: unknown) => {
    log("error", "queue-failed", errorFields(error))
    await stopBoss()
    setTimeout(() => {
      state.opened = null
    }, retryMs).unref()
    return null
  })
  return state.opened
}

async function open(work: Work | null): Promise<PgBoss> {
  const { PgBoss } = await import("pg-boss")
  const boss = new PgBoss({
    db: { executeSql: runSql },
    schema: "pgboss",
    schedule: false,
    supervise: work !== null,
    registerInstance: false,
  })
  boss.on("error", (error) => log("warn", "queue-failed", errorFields(error)))
  await boss.start()
  state.boss = boss
  await boss.createQueue(name, {
    policy: "short",
    expireInSeconds,
    retryLimit: 0,
    retentionSeconds: 24 * 60 * 60,
    deleteAfterSeconds: 60,
  })
  if (!work) return boss
  await boss.work(name, { pollingIntervalSeconds, batchSize }, async (jobs) => {
    // A step may take minutes; the others do not wait for it.
    for (const job of jobs) void work(jobSchema.parse(job.data).id)
  })
  return boss
}

/** Has a generation looked at by some process after a while; once, however often it is asked for. */
export async function later(id: string, ms: number): Promise<void> {
  const boss = await opened()
  // Whoever missed it here is found by the sweep.
  await boss
    ?.send(name, { id }, { singletonKey: id, startAfter: Math.max(1, Math.round(ms / 1_000)) })
    .catch((error: unknown) => log("warn", "queue-failed", errorFields(error)))
}

export async function closeQueue(): Promise<void> {
  // One that is just being opened is not waited for: the database may be away.
  Object.assign(state, { isUsed: false, opened: null })
  await stopBoss()
}

async function stopBoss(): Promise<void> {
  const { boss } = state
  state.boss = null
  await boss?.stop({ graceful: false, close: false }).catch(() => undefined)
}
