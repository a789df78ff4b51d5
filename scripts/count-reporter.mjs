import { appendFileSync } from "node:fs"

/**
 * Writes how many tests passed and how many did not as a line of JSON to the file named by
 * POLYLOGUE_COUNT_FILE. Only what ran and passed at the first try counts as passed.
 */
export default class CountReporter {
  /** @param {unknown} _config @param {import("@playwright/test/reporter").Suite} suite */
  onBegin(_config, suite) {
    this.suite = suite
  }

  onEnd() {
    const file = process.env.POLYLOGUE_COUNT_FILE
    if (!file) return
    const tests = this.suite?.allTests() ?? []
    const passed = tests.filter((test) => test.outcome() === "expected").length
    appendFileSync(file, `${JSON.stringify({ passed, failed: tests.length - passed })}\n`)
  }

  printsToStdio() {
    return false
  }
}
