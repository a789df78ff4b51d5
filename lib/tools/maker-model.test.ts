import { expect, test } from "@playwright/test"
import type { FileSlot } from "../models/fields"
import type { Model, Price } from "../models/model"
import { byPrice, fits } from "./maker-model"

const priced = (id: string, prices: Partial<Price>[]): Model => ({
  ...{ id, aliases: [], name: id, vendor: "Acme", kind: "video", endpoint: null },
  ...{ inputs: ["text"], outputs: ["video"], abilities: [], contextTokens: null },
  ...{ outputTokens: null, priceLabel: null, inputUsdPerMillion: null, outputUsdPerMillion: null },
  ...{ metrics: null, releasedAt: null },
  prices: prices.map((price) => ({
    ...{ unit: "generation", measure: null, usd: 1, per: 1, when: null },
    ...price,
  })),
})

test("the cheapest comes first, by what a usual result costs; unknown prices come last", () => {
  const bySecond = priced("second", [{ unit: "second", usd: 0.1 }])
  const whole = priced("whole", [{ usd: 0.4 }])
  const unknown = priced("unknown", [])
  expect(byPrice([unknown, bySecond, whole]).map(({ id }) => id)).toEqual([
    "whole",
    "second",
    "unknown",
  ])
})

const slot = (change: Partial<FileSlot>): FileSlot => ({
  ...{ name: "image_url", label: "Image", kind: "image", alsoTakes: [], isRequired: true },
  ...{ minFiles: 1, maxFiles: 1, isMain: true, ...change },
})
const text = { label: "Description", isRequired: true, maxChars: null }

test("words alone do where no file must be there, a picture where nothing else must", () => {
  expect(fits({ text, files: [] }, false)).toBe(true)
  expect(fits({ text, files: [slot({ isRequired: false })] }, false)).toBe(true)
  expect(fits({ text, files: [slot({})] }, false)).toBe(false)
  expect(fits({ text: null, files: [slot({})] }, true)).toBe(true)
  expect(fits({ text, files: [] }, true)).toBe(false)
  expect(fits({ text, files: [slot({}), slot({ kind: "mesh" })] }, true)).toBe(false)
})
