import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ensureBrowser } from "./browser.mjs"
import { ensureBuilt, generate } from "./build.mjs"
import { runQuietly } from "./command.mjs"
import { findPort } from "./environment.mjs"
import { npm } from "./npm.mjs"
import { startServices } from "./services.mjs"
import { step } from "./steps.mjs"
import { Tally } from "./tally.mjs"

const HOST = "127.0.0.1"
/** Settings of a real installation, which tests must not touch; they bring their own. */
const SETTINGS =
  /^(AIMLAPI_|AUTH_|NEXTAUTH_|POLYLOGUE_|S3_|SIMULATOR_|(CRON_SECRET|DATA_DIR|(DIRECT_)?DATABASE_URL|(DEFAULT|MODERATION|SEARCH|SPEECH|TRANSCRIPTION)_MODEL|HOST|MAKER_MODELS|PORT|SIGN_UP|TRUSTED_PROXIES|WORKER)$)/

/**
 * Runs all checks, fastest first.
 * @returns {Promise<number>} the exit code
 */
export async function testEverything() {
  forgetSettings()
  const tally = new Tally()
  await checkSources(tally, ["unit", "simulator", "conformance"])
  await runInBrowser(tally, [])
  return tally.report()
}

/**
 * Runs the checks that need neither browser nor build in under a minute, except for those of the whole catalogue.
 * @returns {Promise<number>} the exit code
 */
export async function verify() {
  forgetSettings()
  const tally = new Tally()
  await checkSources(tally, ["unit"])
  return tally.report()
}

/**
 * @param {Tally} tally
 * @param {string[]} projects Playwright projects that need no browser
 */
async function checkSources(tally, projects) {
  await tally.need(() => step("Generating the database client", generate))
  await tally.check("Format", word("format"))
  await tally.check("Lint", word("lint"))
  await tally.check("Unused code", word("unused"))
  await tally.check("Types", word("typecheck"))
  const chosen = projects.map((name) => `--project=${name}`)
  await tally.playwright(["-c", "playwright.unit.config.ts", ...chosen], {}, [
    "--conditions=react-server",
  ])
}

/**
 * Runs only the browser tests.
 * @param {string[]} args for Playwright
 * @returns {Promise<number>} the exit code
 */
export async function testInBrowser(args) {
  forgetSettings()
  const tally = new Tally()
  await runInBrowser(tally, args)
  return tally.report()
}

function forgetSettings() {
  for (const name of Object.keys(process.env)) {
    if (SETTINGS.test(name)) delete process.env[name]
  }
}

/** @param {string} name */
function word(name) {
  const advice = `"npm run ${name}" found something; it stands above.`
  return () => runQuietly(npm("run", "--silent", name), { advice })
}

/**
 * Runs the browser tests with their own server, database and simulator.
 * @param {Tally} tally
 * @param {string[]} args
 */
async function runInBrowser(tally, args) {
  const dataDir = mkdtempSync(join(tmpdir(), "polylogue-test-"))
  try {
    await tally.need(async () => {
      const CHROMIUM_PATH = await ensureBrowser()
      await ensureBuilt()
      const port = await findPort(0)
      const services = await startServices({ mode: "production", dataDir, host: HOST, port })
      try {
        const env = { ...testEnvironment(services.env, port), CHROMIUM_PATH }
        const { failed } = tally
        await tally.playwright(args, env)
        if (tally.failed > failed) await traceFailures(env)
      } finally {
        await services.stop()
      }
    })
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/**
 * Runs failed tests again to record a trace. They still count as failed.
 * @param {NodeJS.ProcessEnv} env
 */
async function traceFailures(env) {
  process.stdout.write("\nOnce more with traces, which change nothing of the result:\n")
  await new Tally().playwright(["--last-failed"], { ...env, TRACE: "1" })
}

/**
 * @param {Record<string, string>} env
 * @param {number} port
 */
function testEnvironment({ DATABASE_URL, DATA_DIR, AUTH_SECRET, SIMULATOR_URL }, port) {
  const services = { DATABASE_URL, DATA_DIR, AUTH_SECRET, SIMULATOR_URL }
  return { ...services, BASE_URL: `http://${HOST}:${port}` }
}
