import "server-only"
import type { PgBoss } from "pg-boss"
import { z } from "zod"
import { processWide } from "../base/process-wide"
import { runSql } from "../db/client"
import { errorFields, log } from "./log"

const name = "generations"
const jobSchema = z.object({ id: z.string() })

/** Poll interval, and the number of jobs fetched per poll. */
const pollingIntervalSeconds = 1
const batchSize = 25
/** A job of a dead process is retried after this; the row's lease prevents concurrent work. */
const expireInSeconds = 20 * 60

/** Delay before trying to open the queue again; until then only the sweep works. */
const retryMs = 60_000

type Work = (id: string) => Promise<void>

const state = processWide("queue", () => ({
  isUsed: false,
  work: null as Work | null,
  opened: null as Promise<PgBoss | null> | null,
  boss: null as PgBoss | null,
}))

/** Allows this process to open the queue; with `work`, it also processes due jobs. */
export function allowQueue(work: Work | null): void {
  Object.assign(state, { isUsed: true, work })
}

/**
 * Opens the job queue, which has its own tables in the same database and uses the same connections. Opened on first
 * use, since many servers never generate media. If it fails, for example because tables cannot be created, the
 * slower sweep does all the work.
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
    // A step may take minutes and must not delay the others.
    for (const job of jobs) void work(jobSchema.parse(job.data).id)
  })
  return boss
}

/** Schedules a step of a generation on any process. Duplicate requests are merged. */
export async function later(id: string, ms: number): Promise<void> {
  const boss = await opened()
  // A job lost here is found by the sweep.
  await boss
    ?.send(name, { id }, { singletonKey: id, startAfter: Math.max(1, Math.round(ms / 1_000)) })
    .catch((error: unknown) => log("warn", "queue-failed", errorFields(error)))
}

export async function closeQueue(): Promise<void> {
  // Not awaited while it is still opening: the database may be down.
  Object.assign(state, { isUsed: false, opened: null })
  await stopBoss()
}

async function stopBoss(): Promise<void> {
  const { boss } = state
  state.boss = null
  await boss?.stop({ graceful: false, close: false }).catch(() => undefined)
}
