import { expect, test } from "@playwright/test"
import { priceLabel } from "./price-label"
import { pricesOf, pricingSchema, usdPerMillion } from "./prices"

const read = (pricing: object) => pricesOf(pricingSchema.parse(pricing))
const label = (pricing: object) => priceLabel(read(pricing))
const unit = (name: string, measure: string, price: unknown, per?: unknown) => ({
  name,
  measure,
  price,
  ...(per !== undefined && { per }),
})

test("fixed units honour their per", () => {
  const tokens = [unit("token", "input", 0.0006, 1_000), unit("token", "output", 2.4, 1_000_000)]
  const prices = read({ kind: "fixed", units: tokens })
  expect(prices[0]).toEqual({
    unit: "token",
    measure: "input",
    usd: 0.0006,
    per: 1_000,
    when: null,
  })
  expect([usdPerMillion(prices, "input"), usdPerMillion(prices, "output")]).toEqual([0.6, 2.4])
  expect(priceLabel(prices)).toBe("$0.60 in · $2.40 out / 1M tokens")
})

test("variants keep their conditions and make a range", () => {
  const pricing = {
    kind: "variants",
    dimensions: ["resolution", "sound"],
    variants: [
      { when: { resolution: "720p", sound: false }, price: 5, unit: "second", per: 100 },
      { when: { resolution: "1080p", sound: true }, price: 0.1, unit: "second", per: 1 },
    ],
  }
  expect(read(pricing)).toEqual([
    { unit: "second", measure: null, usd: 5, per: 100, when: { resolution: "720p", sound: false } },
    { unit: "second", measure: null, usd: 0.1, per: 1, when: { resolution: "1080p", sound: true } },
  ])
  expect(label(pricing)).toBe("$0.05–0.10 per second")
  const either = [
    { when: { quality: "low" }, price: 0.04, unit: "image" },
    { when: { quality: "high" }, price: 0.02, unit: "megapixel" },
  ]
  expect(label({ kind: "variants", variants: either })).toBe(
    "$0.04 per image or $0.02 per megapixel",
  )
})

test("each unit is told as people think of it", () => {
  const one = (name: string, price: number, per = 1, measure = "output") =>
    label({ kind: "fixed", units: [unit(name, measure, price, per)] })
  expect(one("image", 0.04)).toBe("$0.04 per image")
  expect(one("images", 4, 100)).toBe("$0.04 per image")
  expect(one("page", 1, 1_000, "input")).toBe("$0.001 per page")
  expect(one("generation", 0.3)).toBe("$0.30 per generation")
  expect(one("character", 0.000015, 1, "input")).toBe("$15.00 / 1M characters")
  expect(one("second", 0.0001, 1, "input")).toBe("$0.006 per minute")
  expect(one("token", 0.02, 1_000_000, "input")).toBe("$0.02 in / 1M tokens")
  expect(one("output_megapixel", 0.03)).toBe("$0.03 per output megapixel")
  expect(one("token", 0)).toBe("free")
})

test("several units are added up in words, special measures do not pass for the price", () => {
  const units = [unit("token", "input", 3), unit("image", "output", 0.04), unit("call", "input", 1)]
  expect(label({ kind: "fixed", units: units.slice(1) })).toBe("$0.04 per image + $1.00 per call")
  expect(label({ kind: "fixed", units })).toMatch(/ and more$/)
  const cached = [unit("token", "input", 2, 1e6), unit("token", "cached_input", 0.2, 1e6)]
  expect(label({ kind: "fixed", units: cached })).toBe("$2.00 in / 1M tokens")
  expect(usdPerMillion(read({ kind: "fixed", units: cached }), "input")).toBe(2)
  expect(read({ kind: "fixed", units: cached })[1]?.when).toEqual({ measure: "cached_input" })
})

test("a number may come as text; what is no price is left out and the rest stays", () => {
  const units = [
    unit("token", "input", "0.5", "1000000"),
    unit("token", "input", "0.5 USD"),
    unit("token", "input", 1, "1M"),
    unit("token", "input", 1, 0),
    unit("token", "input", -1),
    unit("token", "input", Number.POSITIVE_INFINITY),
    { measure: "input", price: 1 },
    null,
  ]
  expect(read({ kind: "fixed", units })).toEqual([
    { unit: "token", measure: "input", usd: 0.5, per: 1_000_000, when: null },
  ])
  const lying = [{ when: "always", price: 1, unit: "second" }]
  expect(read({ kind: "variants", variants: lying })).toEqual([])
  expect(read({ kind: "fixed", currency: "EUR", units })).toEqual([])
  expect(read({ kind: "variable" })).toEqual([])
  expect(priceLabel([])).toBeNull()
})
