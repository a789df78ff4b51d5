import { expect, test } from "@playwright/test"
import { proportionOf } from "./proportion"

test("the place for a result has the shape that was asked for", () => {
  expect(proportionOf("image", { size: "1536x1024" })).toBe(1.5)
  expect(proportionOf("video", { aspect_ratio: "9:16" })).toBe(9 / 16)
  expect(proportionOf("image", { image_size: { width: 300, height: 600 } })).toBe(0.5)
  expect(proportionOf("image", { image_size: "landscape_4_3" })).toBe(4 / 3)
  expect(proportionOf("image", { width: 200, height: 100 })).toBe(2)
})

test("without a word it is the common one of its kind", () => {
  expect(proportionOf("image", {})).toBe(1)
  expect(proportionOf("video", { resolution: "1080p" })).toBe(16 / 9)
  expect(proportionOf("video", { size: "1x900" })).toBe(16 / 9)
})
