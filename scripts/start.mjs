import { join } from "node:path"
import { ensureBuilt, ensureGenerated } from "./build.mjs"
import { addressOf, findPort, loadEnvironment, readSettings } from "./environment.mjs"
import { Failure, Interruption } from "./failure.mjs"
import { withLock } from "./lock.mjs"
import { prepareDataDir } from "./secrets.mjs"
import { startServices } from "./services.mjs"
import { aborted, interrupted } from "./signals.mjs"

/**
 * Starts everything and serves until stopped.
 * @param {"production" | "development"} mode
 * @returns {Promise<never>}
 */
export async function start(mode) {
  loadEnvironment()
  const settings = readSettings()
  prepareDataDir(settings.dataDir)
  const path = join(settings.dataDir, "start.lock")
  return withLock(path, refuseSecond, (lock) => serve(mode, settings, lock))
}

/**
 * Only one start per data folder; waits for one that is stopping.
 * @param {import("./lock.mjs").LockHolder} holder
 */
function refuseSecond({ pid, state, address }) {
  if (state === "stopping") {
    process.stdout.write(`  Process ${pid} is stopping; waiting for it\n`)
    return
  }
  const where = address ? `running at ${address}` : "starting"
  throw new Failure(`Polylogue is already ${where} (process ${pid}).`)
}

/**
 * @param {ReturnType<typeof readSettings>} settings
 * @param {"production" | "development"} mode
 * @param {import("./lock.mjs").Lock} lock
 * @returns {Promise<never>}
 */
async function serve(mode, settings, lock) {
  const port = await findPort(settings.port, settings.host)
  if (mode === "production") await ensureBuilt()
  else await ensureGenerated()
  const services = await startServices({
    ...settings,
    mode,
    port,
    onChildren: (children) => lock.note({ children }),
  })
  const address = addressOf(settings.host, port)
  lock.note({ state: "running", address })
  process.stdout.write(`${readyLine(address, services.isDemo)}\n`)
  services.showServer()
  try {
    await Promise.race([services.failed, aborted(interrupted)])
  } finally {
    lock.note({ state: "stopping" })
    await services.stop()
  }
  throw new Interruption("stopped as asked")
}

/**
 * @param {string} address
 * @param {boolean} isDemo
 */
function readyLine(address, isDemo) {
  const hint = "answers come from the built-in simulator; set AIMLAPI_API_KEY for the real models"
  return `Polylogue is ready at ${address}${isDemo ? ` (demo: ${hint})` : ""}`
}
