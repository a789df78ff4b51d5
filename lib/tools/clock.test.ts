import { expect, test } from "@playwright/test"
import { clock, timeAt } from "./clock"
import { toolContext } from "./testing"

const moment = new Date("2026-03-09T23:05:07Z")

test("a moment is told as it is at a place", () => {
  expect(timeAt(moment)).toEqual({
    iso: "2026-03-09T23:05:07+00:00",
    timezone: "UTC",
    weekday: "Monday",
    words: expect.stringMatching(/^Monday,? 9 March 2026 at 23:05 \(UTC\)$/),
  })
  expect(timeAt(moment, "Asia/Kathmandu")).toMatchObject({
    iso: "2026-03-10T04:50:07+05:45",
    weekday: "Tuesday",
  })
  expect(timeAt(moment, "America/New_York").iso).toBe("2026-03-09T19:05:07-04:00")
  expect(Date.parse(timeAt(moment, "Asia/Kathmandu").iso)).toBe(moment.getTime())
})

test("a timezone that does not exist is refused in words, and so is other input", async () => {
  for (const timezone of ["Mars/Olympus", "+01:00", "", "x".repeat(50)]) {
    expect(() => timeAt(moment, timezone), timezone).toThrow(/is no IANA timezone/)
  }
  const context = toolContext()
  await expect(clock.run({ zone: "UTC" }, context)).rejects.toMatchObject({ code: "invalid" })
  await expect(clock.run(null, context)).rejects.toThrow(/The input does not fit/)
  const { output } = await clock.run({}, context)
  expect(output).toMatchObject({ timezone: "UTC" })
})
