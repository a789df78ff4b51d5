import "server-only"
import { join } from "node:path"
import { sweepExpired } from "../db/attempts"
import { closeDatabase, pingDatabase } from "../db/client"
import { MigrationError, migrate } from "../db/migrate"
import { forgetWriters, listRunOwners } from "../db/runs"
import { workAfterRequests } from "../server/after-requests"
import { env } from "../server/env"
import { openFastPaths } from "../server/fast-path"
import { errorFields, log } from "../server/log"
import { stampPeers } from "../server/network"
import { isGone } from "../server/process-id"
import { allowQueue, closeQueue } from "../server/queue"
import { setMigrated } from "../server/readiness"
import { startListening, stopListening } from "../server/subscribe"
import { endLostRuns } from "../turn/end-lost-runs"
import { drainRuns } from "../turn/shutdown"
import { catchUpInTurn } from "./catch-up"
import { sweepFiles } from "./sweep-files"
import { tidyMemory } from "./tidy-memory"
import { workOn, workOnDue } from "./work"

const sweepEveryMs = 5_000
const forgetEveryMs = 60 * 60_000
const retryMs = 1_000

/** What every server process does at its start: check the environment, bring the database up to date, sweep, and know how to end. */
export async function startProcess(): Promise<void> {
  refuseBadEnvironment()
  outliveReaders()
  stampPeers()
  // In development the framework must see each request, to compile what it asks for.
  if (process.env.NODE_ENV === "production" && !env().VERCEL) openFastPaths()
  // The framework leaves the signals to us where we are the ones who start it.
  if (process.env.NEXT_MANUAL_SIG_HANDLE) endOnSignal()
  await bringUpToDate()
  tidyMemory()
}

/** Whoever read the log may go: to complain about that in the log would never end. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}

function refuseBadEnvironment(): void {
  try {
    // Where lib/db reads it, wherever it came from.
    process.env.DATABASE_URL = env().DATABASE_URL
    // next-auth's own names for it: a fixed address, or whatever host the browser asked for.
    if (env().AUTH_URL) process.env.NEXTAUTH_URL = env().AUTH_URL
    else process.env.AUTH_TRUST_HOST = "true"
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}

/** Migrates; while the database is away the server answers "not ready" and this tries again. */
async function bringUpToDate(): Promise<void> {
  try {
    const applied = await migrate(env().DATABASE_URL, join(process.cwd(), "prisma"))
    if (applied.length > 0) log("info", "migrated", { migrations: applied.join(", ") })
    sweptAt = performance.now()
    await giveUpLostRuns((await listRunOwners()).filter(isGone))
    setMigrated()
    startListening()
    // There a process stands still between requests, and whatever it is in the middle of with it.
    if (env().VERCEL) workAfterRequests(catchUpInTurn)
    else startWork()
  } catch (error) {
    log("error", "migration-failed", errorFields(error))
    if (error instanceof MigrationError) process.exit(1)
    setTimeout(() => void bringUpToDate(), retryMs)
  }
}

/** Upkeep goes on by itself; a process that works in the background also takes up what was left. */
function startWork(): void {
  every(sweepEveryMs, giveUpLostRuns)
  every(forgetEveryMs, sweepExpired)
  every(forgetEveryMs, forgetWriters)
  const isWorker = env().WORKER === "on"
  allowQueue(isWorker ? workOn : null)
  if (!isWorker) return
  every(sweepEveryMs, workOnDue)()
  every(forgetEveryMs, sweepFiles)()
}

let sweptAt = performance.now()

/** After an outage of the database nobody is judged in the first round: the living show themselves before the next. */
async function giveUpLostRuns(goneOwners: string[] = []): Promise<void> {
  await pingDatabase()
  const wasAway = performance.now() - sweptAt > 2 * sweepEveryMs
  sweptAt = performance.now()
  if (wasAway) return
  await endLostRuns(goneOwners)
}

/** Does some upkeep again and again; the function that is given back does it at once. */
function every(periodMs: number, work: () => Promise<unknown>): () => void {
  const run = () => work().catch((error) => log("warn", "sweep-failed", errorFields(error)))
  setInterval(() => void run(), periodMs).unref()
  return () => void run()
}

function endOnSignal(): void {
  const end = async () => {
    for (const step of [closeQueue, drainRuns, stopListening, closeDatabase]) {
      // What cannot be closed goes with the process.
      await step().catch((error) => log("warn", "end-failed", errorFields(error)))
    }
    process.exit(0)
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end())
}
