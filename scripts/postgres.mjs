// The built-in PostgreSQL in DATA_DIR, used if no database is configured. It runs in its own session and survives
// if `start` is killed; the next start adopts it.
import { spawn } from "node:child_process"
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import pg from "pg"
import { runQuietly } from "./command.mjs"
import { findPort } from "./environment.mjs"
import { Failure, lastLines } from "./failure.mjs"
import { findPostgres } from "./postgres-programs.mjs"
import { commandLineOf, identify, isRunning, sendSignal } from "./processes.mjs"
import { hurried, interrupted } from "./signals.mjs"

/** @typedef {import("./processes.mjs").ProcessIdentity} ProcessIdentity */
/** @typedef {ProcessIdentity & { port: number, exited: Promise<unknown> }} Server */

/**
 * @typedef {object} Postgres
 * @property {string} url
 * @property {number} pid
 * @property {Promise<never>} failed rejects when it exits unexpectedly
 * @property {() => Promise<void>} stop
 */

const MAJOR = "18"
const DATABASE = "polylogue"
const START_RETRY_MS = 5000
const READY_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "128MB",
  timezone: "UTC",
}

/**
 * Starts the database of this data folder, or adopts one that is still running.
 * @param {string} dataDir
 * @param {string} password
 * @returns {Promise<Postgres>}
 */
export async function startPostgres(dataDir, password) {
  // A canonical path, because the running server is recognized by it.
  const cluster = join(realpathSync(dataDir), "postgres")
  const logFile = join(dataDir, "postgres.log")
  const programs = findPostgres()
  if (existsSync(cluster)) checkVersion(cluster)
  else await createCluster(programs, cluster, password)

  const retryUntil = Date.now() + START_RETRY_MS
  while (true) {
    interrupted.throwIfAborted()
    try {
      const server = findRunning(cluster) ?? (await launch(programs, cluster, logFile))
      return await open(server, password, logFile)
    } catch (error) {
      // Processes of a killed server take a moment to exit.
      if (!(error instanceof EarlyExit) || Date.now() > retryUntil) throw error
      await delay(200)
    }
  }
}

class EarlyExit extends Failure {}

/** @param {string} cluster */
function checkVersion(cluster) {
  const version = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim()
  if (version === MAJOR) return
  throw new Failure(
    `${cluster} was made by PostgreSQL ${version}, the built-in database is ${MAJOR}: ` +
      "move its content over with pg_dump of the old version, or set DATA_DIR to another folder.",
  )
}

/**
 * Created in a temporary folder and renamed, so that an incomplete cluster is never used.
 * @param {ReturnType<typeof findPostgres>} programs
 * @param {string} cluster
 * @param {string} password
 */
async function createCluster(programs, cluster, password) {
  const draft = `${cluster}.new`
  const passwordFile = `${cluster}.password`
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  const access = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`]
  const text = ["--encoding=UTF8", "--locale=C"]
  try {
    await runQuietly(programs("initdb", "-D", draft, ...access, ...text), {
      advice:
        "The built-in database could not be created. Check that DATA_DIR has space and is writable.",
    })
    renameSync(draft, cluster)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

/**
 * The pid file of a running server.
 * @param {string} cluster
 */
function readPidFile(cluster) {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")
    return { pid: Number(lines[0]), port: Number(lines[3]) }
  } catch (error) {
    if (error.code === "ENOENT") return undefined
    throw error
  }
}

/**
 * A server left running by a killed start.
 * @param {string} cluster
 * @returns {Server | undefined}
 */
function findRunning(cluster) {
  const noted = readPidFile(cluster)
  if (!noted?.port || !isServerOf(cluster, noted.pid)) return undefined
  return { ...identify(noted.pid), port: noted.port, exited: new Promise(() => {}) }
}

/**
 * @param {string} cluster
 * @param {number} pid
 */
function isServerOf(cluster, pid) {
  return commandLineOf(pid).includes(` -D ${cluster} `)
}

/**
 * Containers reuse a few process ids, so the recorded one may be another process, and PostgreSQL would wait for it
 * forever.
 * @param {string} cluster
 */
function removeForeignPidFile(cluster) {
  const noted = readPidFile(cluster)
  if (!noted || process.platform === "win32" || isServerOf(cluster, noted.pid)) return
  rmSync(join(cluster, "postmaster.pid"), { force: true })
}

/**
 * @param {ReturnType<typeof findPostgres>} programs
 * @param {string} cluster
 * @param {string} logFile
 * @returns {Promise<Server>}
 */
async function launch(programs, cluster, logFile) {
  removeForeignPidFile(cluster)
  const port = await findPort(0)
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`])
  const [file, ...args] = programs("postgres", "-D", cluster, "-p", String(port), ...settings)
  const log = openSync(logFile, "a", 0o600)
  const child = spawn(file, args, {
    stdio: ["ignore", log, log],
    detached: true,
    windowsHide: true,
  })
  closeSync(log)
  const exited = new Promise((resolve) => {
    child.once("error", resolve)
    child.once("exit", resolve)
  })
  child.unref()
  return { ...identify(child.pid ?? 0), port, exited }
}

/**
 * Waits until the server accepts connections and our database exists.
 * @param {Server} server
 * @param {string} password
 * @param {string} logFile
 * @returns {Promise<Postgres>}
 */
async function open(server, password, logFile) {
  const base = `postgresql://postgres:${password}@127.0.0.1:${server.port}`
  let isStopping = false
  const stop = () => {
    isStopping = true
    return stopServer(server)
  }
  const failed = server.exited.then(() => {
    if (isStopping) return new Promise(() => {})
    const message = `The built-in database ended by itself. Its log is ${logFile}.`
    throw new Failure(message, tail(logFile))
  })
  failed.catch(() => {})
  const giveUpAt = Date.now() + READY_TIMEOUT_MS
  try {
    while (!(await createDatabase(`${base}/postgres`))) {
      interrupted.throwIfAborted()
      const message = `The built-in database does not start. Its log is ${logFile}.`
      if (!isRunning(server)) throw new EarlyExit(message, tail(logFile))
      if (Date.now() > giveUpAt) throw new Failure(message, tail(logFile))
      await delay(25)
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `${base}/${DATABASE}`, pid: server.pid, failed, stop }
}

/** @param {string} logFile */
function tail(logFile) {
  return existsSync(logFile) ? lastLines(readFileSync(logFile, "utf8")) : ""
}

/**
 * Returns false while the server is not accepting connections.
 * @param {string} url
 */
async function createDatabase(url) {
  const client = new pg.Client({ connectionString: url })
  client.on("error", () => {})
  try {
    await client.connect()
    const known = "SELECT 1 FROM pg_database WHERE datname = $1"
    const { rowCount } = await client.query(known, [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE}"`)
    return true
  } catch (error) {
    if (error.code === "28P01") {
      throw new Failure(
        "The built-in database does not know the password in DATA_DIR/secrets.json: " +
          "put back the secrets.json it was made with.",
      )
    }
    // 57P03: starting up. Other errors with a SQLSTATE are permanent.
    if (/^[0-9A-Z]{5}$/.test(error.code ?? "") && error.code !== "57P03") throw error
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Fast shutdown: closes connections and writes everything. When hurried, the log is replayed at the next start.
 * @param {ProcessIdentity} server
 */
async function stopServer(server) {
  const hurryAt = Date.now() + STOP_TIMEOUT_MS
  signal(server, "SIGINT")
  while (isRunning(server) && !hurried.aborted && Date.now() < hurryAt) await delay(20)
  const killAt = Date.now() + STOP_TIMEOUT_MS
  signal(server, "SIGQUIT")
  while (isRunning(server) && Date.now() < killAt) await delay(20)
  signal(server, "SIGKILL")
}

/**
 * @param {ProcessIdentity} server
 * @param {NodeJS.Signals} name
 */
function signal(server, name) {
  if (isRunning(server)) sendSignal(server.pid, name)
}
