import { spawnSync } from "node:child_process"
import { hostname } from "node:os"
import { expect, test } from "@playwright/test"
import { isGone, owner } from "./owner"

test("only a process of this machine that has ended is gone", () => {
  const { pid } = spawnSync(process.execPath, ["--version"])
  expect(isGone(`${hostname()}:${pid}:x`)).toBe(true)
  expect(isGone(`${hostname()}:${process.pid}:an earlier life, as in a container`)).toBe(true)
  expect(isGone(`${hostname()}:${process.ppid}:x`)).toBe(false)
  expect(isGone(`elsewhere:${pid}:x`)).toBe(false)
  expect(isGone(owner)).toBe(false)
})
