import { spawnSync } from "node:child_process"
import { hostname } from "node:os"
import { expect, test } from "@playwright/test"
import { processWide } from "../process-wide"
import { parseEnv } from "./env"
import { isGone, owner } from "./owner"

const known = processWide("env", () =>
  parseEnv({ DATABASE_URL: "postgresql://localhost/app", AUTH_SECRET: "k".repeat(32) }),
)

test("only a process of this machine that has ended is gone", () => {
  const { pid } = spawnSync(process.execPath, ["--version"])
  expect(isGone(`${hostname()}:${pid}:x`)).toBe(true)
  expect(isGone(`${hostname()}:${process.pid}:an earlier life, as in a container`)).toBe(true)
  expect(isGone(`${hostname()}:${process.ppid}:x`)).toBe(false)
  expect(isGone(`elsewhere:${pid}:x`)).toBe(false)
  expect(isGone(owner)).toBe(false)
})

test("functions that share a machine's name and a process's number are never taken for gone", () => {
  const other = `${hostname()}:${process.pid}:another`
  expect(isGone(other)).toBe(true)
  known.VERCEL = "1"
  expect(isGone(other)).toBe(false)
  known.VERCEL = undefined
})
