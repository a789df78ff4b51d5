import { globSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { z } from "zod"

const read = (name: string) => readFileSync(join(import.meta.dirname, "..", name), "utf8")

test(".env.example lists every variable that the application reads, and no other", () => {
  const listed = [...read(".env.example").matchAll(/^([A-Z0-9_]+)=/gm)].map(([, name]) => name)
  const schema = /z\.object\(\{([\s\S]*?)\n\}\)/.exec(read("lib/server/env.ts"))?.[1] ?? ""
  const parsed = [...schema.matchAll(/^ {2}([A-Z0-9_]+):/gm)].map(([, name]) => name)
  // Set by platforms and our own scripts, not by people.
  const inner = ["SIMULATOR_URL", "VERCEL"]
  const ofFiles = ["AUTH_SECRET_FILE", "DATABASE_URL_FILE", "S3_SECRET_ACCESS_KEY_FILE"]
  const ofStart = [...ofFiles, "DATA_DIR", "PORT", "HOST"]
  const wanted = [...parsed.filter((name) => !inner.includes(name ?? "")), ...ofStart]
  expect(parsed.length).toBeGreaterThan(5)
  expect([...listed].sort()).toEqual(wanted.sort())
})

test("the image runs node itself, as nobody in particular, checks its health and holds no secret", () => {
  const app =
    read("Dockerfile")
      .split(/^FROM /m)
      .at(-1) ?? ""
  expect(app).toMatch(/^USER node$/m)
  expect(app).toMatch(/^CMD \["node", "server\.js"\]$/m)
  expect(app).toMatch(/^HEALTHCHECK /m)
  expect(app.indexOf("USER node")).toBeGreaterThan(app.lastIndexOf("COPY"))
  expect(read("Dockerfile")).not.toMatch(/^(ARG|ENV).*(SECRET|KEY|PASSWORD|TOKEN)/m)
  const ignored = read(".dockerignore").split("\n")
  expect(ignored).toEqual(expect.arrayContaining([".env*", "data", "node_modules", ".git"]))
})

test("packages with known holes are newer than those", () => {
  const { packages } = JSON.parse(read("package-lock.json"))
  // The first fixed version, according to each project's advisories.
  const floors = {
    next: "16.2.6",
    react: "19.2.6",
    "react-dom": "19.2.6",
    ai: "7.0.0",
    "@ai-sdk/openai-compatible": "3.0.92",
    "next-auth": "4.24.12",
    katex: "0.16.21",
  }
  for (const [name, floor] of Object.entries(floors)) {
    const { version } = packages[`node_modules/${name}`]
    expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true)
  }
})

function isAtLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, "en", { numeric: true }) >= 0
}

// A fixed minute and hour, on any days.
const isDailyAtMost = (schedule: string) => /^\d+ \d+ \S+ \S+ \S+$/.test(schedule)

test("a free account of Vercel takes it: it refuses clocks that come more than once a day and more than 300 s", () => {
  expect(
    ["* * * * *", "0 * * * *", "0 */6 * * *", "0,30 4 * * *", "0 9-17 * * *"].some(isDailyAtMost),
  ).toBe(false)
  const schema = z.object({ crons: z.array(z.object({ path: z.string(), schedule: z.string() })) })
  const { crons } = schema.parse(JSON.parse(read("vercel.json")))
  expect(crons.map(({ path }) => path)).toEqual(["/api/cron"])
  expect(crons.filter(({ schedule }) => !isDailyAtMost(schedule))).toEqual([])
  const cwd = join(import.meta.dirname, "..")
  const durations = globSync("app/**/{route.ts,page.tsx,layout.tsx}", { cwd }).flatMap((file) =>
    [...read(file).matchAll(/maxDuration = (.*)/g)].map(([, seconds]) => Number(seconds)),
  )
  expect(durations.length).toBeGreaterThan(0)
  expect(durations.filter((seconds) => !(seconds <= 300))).toEqual([])
})
