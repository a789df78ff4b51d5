import { createRequire } from "node:module"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { findPort } from "./environment.mjs"
import { Failure } from "./failure.mjs"
import { startPostgres } from "./postgres.mjs"
import { projectDir } from "./project.mjs"
import { readSecrets } from "./secrets.mjs"
import { startService } from "./service.mjs"
import { aborted, interrupted } from "./signals.mjs"
import { step } from "./steps.mjs"

const SIMULATOR_TIMEOUT_MS = 30_000
const SERVER_TIMEOUT_MS = { production: 60_000, development: 120_000 }

/**
 * @typedef {object} ServiceOptions
 * @property {"production" | "development"} mode
 * @property {string} dataDir
 * @property {string} host
 * @property {number} port
 * @property {(children: import("./processes.mjs").ProcessIdentity[]) => void} [onChildren]
 *
 * @typedef {object} Services
 * @property {boolean} isDemo
 * @property {Record<string, string>} env variables of the server, in addition to our own environment
 * @property {Promise<never>} failed rejects when one of them exits unexpectedly
 * @property {() => void} showServer
 * @property {() => Promise<void>} stop stops the server first, the database last
 */

/**
 * Starts the required services in order: database, simulator, server. Those configured in the environment
 * (DATABASE_URL, AIMLAPI_*) are used instead of started.
 * @param {ServiceOptions} options
 * @returns {Promise<Services>}
 */
export async function startServices({ mode, dataDir, host, port, onChildren }) {
  const secrets = readSecrets(dataDir)
  /** @type {{ stop: () => Promise<void>, failed: Promise<never> }[]} */
  const running = []
  const children = []
  const stop = async () => {
    for (const service of running.splice(0).reverse()) await service.stop()
  }
  const watch = (/** @type {import("./service.mjs").Service} */ service) => {
    running.push(service)
    children.push(service.identity)
    onChildren?.(children)
    return service
  }
  /** @type {Record<string, string>} */
  const env = {
    DATA_DIR: dataDir,
    PORT: String(port),
    HOSTNAME: host,
  }
  if (!process.env.AUTH_SECRET && !process.env.AUTH_SECRET_FILE) {
    env.AUTH_SECRET = secrets.authSecret
  }
  try {
    if (!process.env.DATABASE_URL && !process.env.DATABASE_URL_FILE) {
      const database = await step("Starting the database", () =>
        startPostgres(dataDir, secrets.databasePassword),
      )
      running.push(database)
      env.DATABASE_URL = database.url
    }
    const isDemo = !process.env.AIMLAPI_API_KEY && !process.env.AIMLAPI_BASE_URL
    if (isDemo) {
      env.SIMULATOR_URL = await step("Starting the simulator", () => startSimulator(watch))
    }
    const server = await step("Starting the server", () => startServer(mode, env, watch))
    const failed = Promise.race(running.map((service) => service.failed))
    failed.catch(() => {})
    return { isDemo, env, failed, showServer: server.show, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * Starts the simulator of the models' API and returns the URL it prints.
 * @param {<T extends import("./service.mjs").Service>(service: T) => T} watch
 * @returns {Promise<string>}
 */
async function startSimulator(watch) {
  const args = ["--import", "tsx", join(projectDir, "simulator", "main.ts")]
  const env = { ...process.env, SIMULATOR_PORT: String(await findPort(0)) }
  const simulator = watch(startService("The simulator", args, env))
  return waitFor(
    simulator,
    SIMULATOR_TIMEOUT_MS,
    () => /^simulator ready (\S+)$/m.exec(simulator.output())?.[1],
  )
}

/**
 * @param {"production" | "development"} mode
 * @param {Record<string, string>} env
 * @param {<T extends import("./service.mjs").Service>(service: T) => T} watch
 */
async function startServer(mode, env, watch) {
  const shared = { ...process.env, ...env, NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" }
  const server =
    mode === "production"
      ? startService("The server", [join(projectDir, ".next", "standalone", "server.js")], {
          ...shared,
          // On SIGTERM the application exits by itself after finishing running answers.
          NEXT_MANUAL_SIG_HANDLE: "true",
        })
      : startService("The server", developmentServer(env), shared)
  watch(server)
  const address = readinessAddress(env.HOSTNAME, env.PORT)
  await waitFor(server, SERVER_TIMEOUT_MS[mode], () => isReady(address))
  return server
}

/** @param {Record<string, string>} env */
function developmentServer({ PORT, HOSTNAME }) {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next")
  return [next, "dev", projectDir, "--port", PORT, "--hostname", HOSTNAME]
}

/**
 * @param {string} host
 * @param {string} port
 */
function readinessAddress(host, port) {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}/api/ready`
}

/** @param {string} address */
async function isReady(address) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(10_000) })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}

/**
 * Polls until there is an answer, the service exits, the timeout expires or the run is interrupted.
 * @template T
 * @param {import("./service.mjs").Service} service
 * @param {number} timeoutMs
 * @param {() => T | Promise<T>} ask
 * @returns {Promise<NonNullable<T>>}
 */
async function waitFor(service, timeoutMs, ask) {
  const giveUpAt = Date.now() + timeoutMs
  while (true) {
    const answer = await Promise.race([ask(), service.failed, aborted(interrupted)])
    interrupted.throwIfAborted()
    if (answer) return answer
    if (Date.now() > giveUpAt) {
      const message = `Not ready after ${timeoutMs / 1000} s; what it said last stands above.`
      throw new Failure(message, service.output())
    }
    await delay(50)
  }
}
