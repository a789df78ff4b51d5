import { defineConfig } from "@playwright/test"

// Asks the whole catalogue, hundreds of documents or thousands of odd texts, which takes longer than all the
// others together.
const whole = /@whole/

const ofSimulator = "simulator/**/*.test.ts"

/** Tests of single modules, beside the code. No browser, no server. */
export default defineConfig({
  testDir: ".",
  testMatch: [
    "lib/**/*.test.ts",
    "simulator/**/*.test.ts",
    "components/**/*.test.{ts,tsx}",
    "scripts/**/*.test.ts",
    "conformance/**/*.test.ts",
  ],
  projects: [
    { name: "unit", grepInvert: whole, testIgnore: ofSimulator },
    { name: "simulator", testMatch: ofSimulator },
    { name: "conformance", grep: whole, testIgnore: ofSimulator },
  ],
  outputDir: "test-results/unit",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: "line",
})
