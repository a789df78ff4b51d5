import { expect, test } from "@playwright/test"
import { formatPrice, formatUsd } from "./money"

test("small amounts keep their first digits", () => {
  expect(formatUsd(0)).toBe("$0")
  expect(formatUsd(12.345)).toBe("$12.35")
  expect(formatUsd(0.0012)).toBe("$0.0012")
  expect(formatUsd(0.000031)).toBe("$0.000031")
  expect(formatUsd(0.0000000004)).toBe("<$0.000001")
})

test("listed prices have cents, and more digits only where they say something", () => {
  const prices = [0, 15, 2.5, 0.6, 0.04, 0.0375, 0.00012, 0.999, 0.0763491, 4e-10]
  expect(prices.map(formatPrice)).toEqual([
    "$0",
    "$15.00",
    "$2.50",
    "$0.60",
    "$0.04",
    "$0.0375",
    "$0.00012",
    "$0.999",
    "$0.0763",
    "$0.0000000004",
  ])
})
