import { expect, test } from "@playwright/test"
import { framesOf } from "./gif-frames"

test("ten frames a second, six seconds and 480 pixels at most", () => {
  const long = framesOf({ width: 1920, height: 1080, seconds: 60 })
  expect(long).toMatchObject({ width: 480, height: 270, delayMs: 100 })
  expect(long.times).toHaveLength(60)
  expect(long.times.at(-1)).toBeCloseTo(5.95)
  const small = framesOf({ width: 320, height: 241, seconds: 2.04 })
  expect([small.width, small.height, small.times.length]).toEqual([320, 241, 20])
  expect(small.times.at(-1)).toBeLessThan(2.04)
})

test("the shortest film moves, and one of unknown length is cut", () => {
  expect(framesOf({ width: 4000, height: 1, seconds: 0.05 })).toMatchObject({ height: 1 })
  expect(framesOf({ width: 16, height: 16, seconds: 0.05 }).times).toHaveLength(2)
  const endless = framesOf({ width: 16, height: 16, seconds: Number.POSITIVE_INFINITY })
  expect(endless.times).toHaveLength(60)
})
