import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { chromium } from "@playwright/test"
import { runQuietly } from "./command.mjs"
import { Failure } from "./failure.mjs"
import { step } from "./steps.mjs"

const SYSTEM_BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
const ADVICE =
  "There is no browser for the tests: install Chromium and set CHROMIUM_PATH to its program."

/**
 * The path of a working browser, downloaded if necessary.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  return step("Fetching a browser for the tests", async () => {
    for (const fetchBrowser of [fetchFromPlaywright, fetchFromSystem]) {
      const output = await fetchBrowser()
      const fetched = findBrowser()
      if (fetched) return fetched
      process.stdout.write(output)
    }
    throw new Failure(ADVICE)
  })
}

function findBrowser() {
  const named = process.env.CHROMIUM_PATH
  if (named && !runs(named)) throw new Failure(`CHROMIUM_PATH is ${named}, which does not run.`)
  return named ?? [...SYSTEM_BROWSERS, chromium.executablePath()].find(runs)
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

async function fetchFromSystem() {
  const isPossible = process.platform === "linux" && process.getuid?.() === 0
  if (!isPossible) return ""
  return (
    (await attempt(["apt-get", "update"])) +
    (await attempt(["apt-get", "install", "-y", "chromium"]))
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
