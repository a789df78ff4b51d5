import "server-only"
import { join } from "node:path"
import { sweepExpired } from "../db/attempts"
import { closeDatabase } from "../db/client"
import { MigrationError, migrate } from "../db/migrate"
import { listRunOwners, sweepRuns } from "../db/runs"
import { env } from "../server/env"
import { errorFields, log } from "../server/log"
import { stampPeers } from "../server/network"
import { setMigrated } from "../server/readiness"
import { isGone } from "../turn/owner"
import { drainRuns } from "../turn/shutdown"

const sweepEveryMs = 5_000
const forgetEveryMs = 60 * 60_000
const retryMs = 1_000

/** What every server process does at its start: check the environment, bring the database up to date, sweep, and know how to end. */
export async function startProcess(): Promise<void> {
  refuseBadEnvironment()
  stampPeers()
  // The framework leaves the signals to us where we are the ones who start it.
  if (process.env.NEXT_MANUAL_SIG_HANDLE) endOnSignal()
  await bringUpToDate()
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
    await sweepRuns((await listRunOwners()).filter(isGone))
    setMigrated()
    every(sweepEveryMs, () => sweepRuns())
    every(forgetEveryMs, sweepExpired)
  } catch (error) {
    log("error", "migration-failed", errorFields(error))
    if (error instanceof MigrationError) process.exit(1)
    setTimeout(() => void bringUpToDate(), retryMs)
  }
}

function every(periodMs: number, work: () => Promise<unknown>): void {
  const run = () => work().catch((error) => log("warn", "sweep-failed", errorFields(error)))
  setInterval(() => void run(), periodMs).unref()
}

function endOnSignal(): void {
  const end = async () => {
    await drainRuns()
    await closeDatabase()
    process.exit(0)
  }
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void end())
}
