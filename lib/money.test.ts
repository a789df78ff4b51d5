import { expect, test } from "@playwright/test"
import { formatUsd } from "./money"

test("small amounts keep their first digits", () => {
  expect(formatUsd(0)).toBe("$0")
  expect(formatUsd(12.345)).toBe("$12.35")
  expect(formatUsd(0.0012)).toBe("$0.0012")
  expect(formatUsd(0.000031)).toBe("$0.000031")
  expect(formatUsd(0.0000000004)).toBe("<$0.000001")
})
