import { defineConfig } from "@playwright/test"

/** These wait for servers that start, die and come back: beside them there is room for others. */
const waiting =
  /(?:media-kinds|catalogue|generations|server|two-servers|start|durable|functions|moderation|memory)\.spec\.ts$/

/**
 * Journeys and doors against a production build. `npm test` starts the services and says where they are;
 * `npm run test:e2e -- <file>` runs a part.
 */
export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results/e2e",
  fullyParallel: true,
  forbidOnly: true,
  workers: 3,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "line",
  projects: [
    { name: "waiting", testMatch: waiting, workers: 2, teardown: "wire" },
    { name: "journeys", testMatch: "*.spec.ts", testIgnore: waiting, workers: 2, teardown: "wire" },
    { name: "wire", testMatch: "wire.teardown.ts" },
  ],
  use: {
    baseURL: process.env.BASE_URL ?? "",
    browserName: "chromium",
    // To record costs a quarter of the time: what failed runs once more for it (scripts/test.mjs).
    trace: process.env.TRACE ? "on" : "off",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // A microphone that beeps, and nobody asks whether it may be heard.
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
      ],
    },
  },
})
