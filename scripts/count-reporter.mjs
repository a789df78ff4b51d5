import { appendFileSync } from "node:fs"

/**
 * Writes the number of passed and failed tests as JSON to POLYLOGUE_COUNT_FILE. Only tests that pass on the first
 * attempt count as passed.
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
