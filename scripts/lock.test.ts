import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync, writeFileSync } from "node:fs"
import { expect, test } from "@playwright/test"
import { tryLock, withLock } from "./lock.mjs"
import { identify } from "./processes.mjs"

const modulePath = new URL("./lock.mjs", import.meta.url).href

test("a lock has one holder, who says where to find it", () => {
  const path = test.info().outputPath("start.lock")
  const first = tryLock(path)
  if (!("lock" in first)) throw new Error("a free lock was refused")
  first.lock.note({ state: "running", address: "http://localhost:1" })
  expect(tryLock(path)).toEqual({
    holder: { ...identify(process.pid), state: "running", address: "http://localhost:1" },
  })
  first.lock.release()
  expect(tryLock(path)).toHaveProperty("lock")
})

test("a holder that is gone counts for nothing and leaves its children", () => {
  const path = test.info().outputPath("start.lock")
  const children = [{ pid: 1, startTime: "another" }]
  const reusedPid = { pid: process.pid, startTime: "another" }
  for (const holder of [{ pid: 2 ** 30, startTime: "1" }, reusedPid]) {
    writeFileSync(path, JSON.stringify({ ...holder, children }))
    const attempt = tryLock(path)
    expect(attempt).toMatchObject({ leftovers: children })
  }
  writeFileSync(path, "")
  expect(tryLock(path)).toHaveProperty("lock")
})

test("of many that find a stale lock one takes it", async () => {
  const path = test.info().outputPath("start.lock")
  writeFileSync(path, JSON.stringify({ pid: process.pid, startTime: "another" }))
  const program = `
    import { tryLock } from ${JSON.stringify(modulePath)}
    console.log("lock" in tryLock(${JSON.stringify(path)}) ? "won" : "lost")
    process.stdin.resume()`
  const racers = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  )
  const answers = await Promise.all(racers.map((racer) => once(racer.stdout, "data")))
  for (const racer of racers) racer.stdin.end()
  await Promise.all(racers.map((racer) => once(racer, "exit")))
  expect(answers.map(String).sort()).toEqual([...Array(7).fill("lost\n"), "won\n"])
})

test("whoever waits gets the lock when it is given back", async () => {
  const path = test.info().outputPath("build.lock")
  const order: string[] = []
  const { promise: firstMayEnd, resolve: endFirst } = Promise.withResolvers<void>()
  const first = withLock(path, expectNobody, async () => {
    await firstMayEnd
    order.push("first")
  })
  const second = withLock(
    path,
    () => endFirst(),
    async () => {
      order.push("second")
      expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ pid: process.pid })
    },
  )
  await Promise.all([first, second])
  expect(order).toEqual(["first", "second"])
})

function expectNobody() {
  throw new Error("nobody else should have this lock")
}
