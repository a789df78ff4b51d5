import { expect, test } from "@playwright/test"
import { peaksOf } from "./peaks"

test("each stretch of a sound is as high as its loudest moment", () => {
  const samples = Float32Array.from([0, 0.25, -0.5, 0.1, 0, 0, 0.125, 0])
  expect(peaksOf(samples, 4)).toEqual([0.5, 1, 0, 0.25])
})

test("silence, and nothing at all, are flat", () => {
  expect(peaksOf(new Float32Array(10), 2)).toEqual([0, 0])
  expect(peaksOf(new Float32Array(0), 2)).toEqual([0, 0])
})
