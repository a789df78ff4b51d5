import "server-only"
import { join } from "node:path"
import { sweepExpired } from "../db/attempts"
import { closeDatabase, pingDatabase } from "../db/client"
import { MigrationError, migrate } from "../db/migrate"
import { forgetWriters, listRunOwners, sweepRuns } from "../db/runs"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import { stampPeers } from "../server/network"
import { publish, startListening, stopListening } from "../server/news"
import { setMigrated } from "../server/readiness"
import { tellConversation } from "../server/tell"
import { isGone } from "../turn/owner"
import { drainRuns } from "../turn/shutdown"
import { tidyMemory } from "./tidy-memory"

const sweepEveryMs = 5_000
const forgetEveryMs = 60 * 60_000
const retryMs = 1_000

/** What every server process does at its start: check the environment, bring the database up to date, sweep, and know how to end. */
export async function startProcess(): Promise<void> {
  refuseBadEnvironment()
  outliveReaders()
  stampPeers()
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
    const applied = await migrate(env().DATABASE_URL, join(process.cwd(), "prisma/migrations"))
    if (applied.length > 0) log("info", "migrated", { migrations: applied.join(", ") })
    sweptAt = performance.now()
    await giveUpLostRuns((await listRunOwners()).filter(isGone))
    setMigrated()
    startListening()
    every(sweepEveryMs, giveUpLostRuns)
    every(forgetEveryMs, sweepExpired)
    every(forgetEveryMs, forgetWriters)
  } catch (error) {
    log("error", "migration-failed", errorFields(error))
    if (error instanceof MigrationError) process.exit(1)
    setTimeout(() => void bringUpToDate(), retryMs)
  }
}

let sweptAt = performance.now()

/**
 * Runs whose process is gone end as interrupted, and whoever follows them hears of it. After an outage of
 * the database nobody is judged in the first round: the living show themselves before the next.
 */
async function giveUpLostRuns(goneOwners: string[] = []): Promise<void> {
  await pingDatabase()
  const wasAway = performance.now() - sweptAt > 2 * sweepEveryMs
  sweptAt = performance.now()
  if (wasAway) return
  for (const { messageId, conversationId, userId } of await sweepRuns(goneOwners)) {
    log("warn", "run-lost", { messageId })
    publish({ about: "run", messageId })
    tellConversation({ id: userId }, conversationId)
  }
}

function every(periodMs: number, work: () => Promise<unknown>): void {
  const run = () => work().catch((error) => log("warn", "sweep-failed", errorFields(error)))
  setInterval(() => void run(), periodMs).unref()
}

function endOnSignal(): void {
  const end = async () => {
    await drainRuns()
    await stopListening()
    await closeDatabase()
    process.exit(0)
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end())
}
