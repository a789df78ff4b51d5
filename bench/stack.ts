import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { findPort } from "../scripts/environment.mjs"
import type { ProcessIdentity } from "../scripts/processes.mjs"
import { startServices } from "../scripts/services.mjs"
import { type Helper, startHelper, startServing } from "./helper"

/** The environment of a benchmark part; nothing in it is shared. */
export type Stack = {
  site: string
  serverPid: number
  /** The port of the server's inspector once SIGUSR1 opened it. */
  inspectorPort: number
  upstream: { url: string }
  pipe: { url: string; pid: number }
  /** The load generator, warmed up so that no benchmark pays for its start. */
  load: Helper
  db: pg.Client
  /** The database's log file. */
  databaseLog: string
  authSecret: string
  /** Rejects when the server or the database exits unexpectedly. */
  failed: Promise<never>
  stop: () => Promise<void>
}

const host = "127.0.0.1"

/** Starts upstream, pipe, database and the production server. */
export async function startStack(): Promise<Stack> {
  const dataDir = mkdtempSync(join(tmpdir(), "polylogue-bench-"))
  const stops = [async () => rmSync(dataDir, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end()
  }
  try {
    const upstream = await startServing("upstream")
    stops.push(upstream.stop)
    const pipe = await startServing("pipe", [upstream.url])
    stops.push(pipe.stop)
    const load = startHelper("load")
    stops.push(load.stop)
    process.env.AIMLAPI_BASE_URL = upstream.url
    const port = await findPort(0)
    const inspectorPort = await findPort(0)
    process.env.NODE_OPTIONS = `--inspect-port=${host}:${inspectorPort}`
    let children: ProcessIdentity[] = []
    const onChildren = (now: ProcessIdentity[]) => {
      children = now
    }
    const services = await startServices({ mode: "production", dataDir, host, port, onChildren })
    stops.push(services.stop)
    const { DATABASE_URL, AUTH_SECRET = "" } = services.env
    const db = new pg.Client({ connectionString: DATABASE_URL })
    await db.connect()
    db.on("error", () => undefined) // a failing database is reported through `failed`
    stops.push(() => db.end())
    return {
      site: `http://${host}:${port}`,
      // With a separate upstream the server is the only child.
      serverPid: children[0]?.pid ?? 0,
      inspectorPort,
      upstream,
      pipe,
      load,
      db,
      databaseLog: join(dataDir, "postgres.log"),
      authSecret: AUTH_SECRET,
      failed: services.failed,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
