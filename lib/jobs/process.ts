import "server-only"
import { join } from "node:path"
import { sweepExpired } from "../db/attempts"
import { closeDatabase, directUrl, pingDatabase } from "../db/client"
import { MigrationError, migrate } from "../db/migrate"
import { forgetWriters, listRunOwners } from "../db/runs"
import { offerSetup } from "../people/setup-token"
import { workAfterRequests } from "../server/after-requests"
import { boundBodies } from "../server/body-time"
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

/**
 * Startup of every server process: validates the environment, migrates the database, starts upkeep, and installs
 * the shutdown handlers.
 */
export async function startProcess(): Promise<void> {
  refuseBadEnvironment()
  outliveReaders()
  stampPeers()
  boundBodies()
  // In development the framework must see each request, to compile what it asks for.
  if (process.env.NODE_ENV === "production" && !env().VERCEL) openFastPaths()
  // The framework leaves the signals to us where we are the ones who start it.
  if (process.env.NEXT_MANUAL_SIG_HANDLE) endOnSignal()
  await bringUpToDate()
  tidyMemory()
}

/** A closed stdout pipe must not crash the process, and logging that error would loop forever. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)
}

function refuseBadEnvironment(): void {
  try {
    // `lib/db` reads them from here, wherever the values came from.
    process.env.DATABASE_URL = env().DATABASE_URL
    const direct = env().DIRECT_DATABASE_URL
    if (direct) process.env.DIRECT_DATABASE_URL = direct
    // next-auth's own variables: a fixed address, or the host the browser asked for.
    if (env().AUTH_URL) process.env.NEXTAUTH_URL = env().AUTH_URL
    else process.env.AUTH_TRUST_HOST = "true"
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(1)
  }
}

/** Migrates. While the database is unreachable the server reports "not ready" and this retries. */
async function bringUpToDate(): Promise<void> {
  try {
    const applied = await migrate(directUrl(), join(process.cwd(), "prisma"))
    if (applied.length > 0) log("info", "migrated", { migrations: applied.join(", ") })
    sweptAt = performance.now()
    await giveUpLostRuns((await listRunOwners()).filter(isGone))
    setMigrated()
    startListening()
    await offerSetup()
    // On this platform a process is frozen between requests, along with any work in progress.
    if (env().VERCEL) workAfterRequests(catchUpInTurn)
    else startWork()
  } catch (error) {
    log("error", "migration-failed", errorFields(error))
    if (error instanceof MigrationError) process.exit(1)
    setTimeout(() => void bringUpToDate(), retryMs)
  }
}

/** Upkeep runs on timers; a process with background workers also resumes unfinished work. */
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

/** After a database outage the first round ends no runs, so that live processes can renew their heartbeats first. */
async function giveUpLostRuns(goneOwners: string[] = []): Promise<void> {
  await pingDatabase()
  const wasAway = performance.now() - sweptAt > 2 * sweepEveryMs
  sweptAt = performance.now()
  if (wasAway) return
  await endLostRuns(goneOwners)
}

/** Runs `work` periodically; the returned function runs it immediately. */
function every(periodMs: number, work: () => Promise<unknown>): () => void {
  const run = () => work().catch((error) => log("warn", "sweep-failed", errorFields(error)))
  setInterval(() => void run(), periodMs).unref()
  return () => void run()
}

function endOnSignal(): void {
  const end = async () => {
    for (const step of [closeQueue, drainRuns, stopListening, closeDatabase]) {
      // Anything that cannot be closed ends with the process.
      await step().catch((error) => log("warn", "end-failed", errorFields(error)))
    }
    process.exit(0)
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end())
}
