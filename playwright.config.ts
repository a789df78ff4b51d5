import { defineConfig } from "@playwright/test"

/**
 * Journeys and doors against a production build. `npm test` starts the services and says where they are;
 * `npm run test:e2e -- <file>` runs a part.
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "line",
  projects: [
    { name: "journeys", testMatch: "*.spec.ts", teardown: "wire" },
    { name: "wire", testMatch: "wire.teardown.ts" },
  ],
  use: {
    baseURL: process.env.BASE_URL ?? "",
    browserName: "chromium",
    // Without its pictures, which take a seventh of the time; the page as it was at each step stays.
    trace: { mode: "retain-on-failure", screenshots: false },
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
