import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { createRequire } from "node:module"
import { chromium } from "@playwright/test"
import { runQuietly } from "./command.mjs"
import { Failure } from "./failure.mjs"
import { step } from "./steps.mjs"

/** Debian's Chromium without a window: a page opens in a fraction of the time. */
const LIGHT_BROWSER = "/usr/bin/chromium-headless-shell"
const LIGHT_PACKAGE = "chromium-headless-shell"
const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
const ADVICE =
  "There is no browser for the tests: install Chromium and set CHROMIUM_PATH to its program."

/**
 * The path of a working browser, downloaded if necessary.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named && !runs(named)) throw new Failure(`CHROMIUM_PATH is ${named}, which does not run.`)
  if (named) return named
  if (!runs(LIGHT_BROWSER) && isDebianRoot()) {
    await step("Fetching a light browser for the tests", () => fetchFromDebian(LIGHT_PACKAGE))
  }
  const found = findBrowser()
  if (found) return found
  return step("Fetching a browser for the tests", async () => {
    for (const fetchBrowser of [fetchFromPlaywright, () => fetchFromDebian("chromium")]) {
      const output = await fetchBrowser()
      const fetched = findBrowser()
      if (fetched) return fetched
      process.stdout.write(output)
    }
    throw new Failure(ADVICE)
  })
}

function findBrowser() {
  return [LIGHT_BROWSER, ...SYSTEM_BROWSERS, chromium.executablePath()].find(runs)
}

/**
 * Whether the browser starts; it may lack system libraries.
 * @param {string} path
 */
function runs(path) {
  return spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0
}

function fetchFromPlaywright() {
  const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli")
  return attempt([process.execPath, playwright, "install", "chromium"])
}

/** Whether packages can be installed here, as in a container that runs the tests. */
function isDebianRoot() {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")
}

/**
 * Gives what the installer said when it failed.
 * @param {string} name of a package
 */
async function fetchFromDebian(name) {
  if (!isDebianRoot()) return ""
  return (
    (await attempt(["apt-get", "update"])) + (await attempt(["apt-get", "install", "-y", name]))
  )
}

/**
 * Runs a command and returns its output if it failed. Success is determined by looking for the browser.
 * @param {string[]} command
 */
async function attempt(command) {
  try {
    await runQuietly(command, { advice: ADVICE, env: { DEBIAN_FRONTEND: "noninteractive" } })
    return ""
  } catch (error) {
    if (error instanceof Failure) return error.output
    throw error
  }
}
