import { defineConfig } from "@playwright/test"

/** Tests of single modules, beside the code. No browser, no server. */
export default defineConfig({
  testDir: ".",
  testMatch: [
    "lib/**/*.test.ts",
    "components/**/*.test.{ts,tsx}",
    "scripts/**/*.test.ts",
    "conformance/**/*.test.ts",
  ],
  outputDir: "test-results/unit",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  reporter: "line",
})
