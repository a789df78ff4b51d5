import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { runInForeground } from "./command.mjs"
import { explain, isInterruption } from "./failure.mjs"
import { interrupted } from "./signals.mjs"
import { step } from "./steps.mjs"

const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli")
const countReporter = fileURLToPath(new URL("./count-reporter.mjs", import.meta.url))

/** Counts passed and failed checks and continues after failures. */
export class Tally {
  passed = 0
  failed = 0

  /**
   * A check that passes or fails as a whole.
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @returns {Promise<boolean>}
   */
  async check(title, work) {
    const isGood = await this.need(() => step(title, work))
    if (isGood) this.passed += 1
    return isGood
  }

  /**
   * A prerequisite of tests; counted only if it fails.
   * @param {() => Promise<unknown>} work
   * @returns {Promise<boolean>}
   */
  async need(work) {
    try {
      await work()
      return true
    } catch (error) {
      if (isInterruption(error)) throw error
      process.stdout.write(`\n${explain(error)}\n\n`)
      this.failed += 1
      return false
    }
  }

  /**
   * Runs Playwright and counts its tests. A run without results counts as one failure.
   * @param {string[]} args
   * @param {NodeJS.ProcessEnv} [env]
   * @param {string[]} [nodeFlags]
   */
  async playwright(args, env = {}, nodeFlags = []) {
    const folder = mkdtempSync(join(tmpdir(), "polylogue-count-"))
    const file = join(folder, "counts")
    try {
      const command = [process.execPath, ...nodeFlags, playwright, "test", ...args]
      const reporter = `--reporter=line,${countReporter}`
      const code = await runInForeground([...command, reporter], {
        ...env,
        POLYLOGUE_COUNT_FILE: file,
      })
      interrupted.throwIfAborted()
      this.add(existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}, code)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /**
   * @param {{ passed?: number, failed?: number }} counts
   * @param {number | string} code
   */
  add({ passed = 0, failed = 0 }, code) {
    const isUncounted = failed === 0 && (code !== 0 || passed === 0)
    this.passed += passed
    this.failed += isUncounted ? 1 : failed
  }

  /** Prints the totals as the last line and returns the exit code. */
  report() {
    process.stdout.write(`\n${this.passed} passed, ${this.failed} failed\n`)
    return this.failed === 0 ? 0 : 1
  }
}
