import { expect, test } from "@playwright/test"
import { Failure } from "./failure.mjs"
import { Tally } from "./tally.mjs"

function count(counts: { passed?: number; failed?: number }, code: number | string) {
  const tally = new Tally()
  tally.add(counts, code)
  return [tally.passed, tally.failed]
}

test("a run that counts nothing, or fails without a failed test, is a failure", () => {
  expect(count({ passed: 3, failed: 0 }, 0)).toEqual([3, 0])
  expect(count({ passed: 3, failed: 2 }, 1)).toEqual([3, 2])
  expect(count({ passed: 3, failed: 0 }, 1)).toEqual([3, 1])
  expect(count({ passed: 0, failed: 0 }, 0)).toEqual([0, 1])
  expect(count({}, "SIGKILL")).toEqual([0, 1])
})

test("checks go on after a failure", async () => {
  const tally = new Tally()
  expect(await tally.check("Good", async () => "fine")).toBe(true)
  expect(await tally.need(() => Promise.reject(new Failure("A failure, as planned.")))).toBe(false)
  expect([tally.passed, tally.failed]).toEqual([1, 1])
})
