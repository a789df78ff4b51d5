import { expect, test } from "@playwright/test"
import { parseEntry } from "./entry"
import { retiredWords } from "./retired"

test("the words say since when and where to go", () => {
  const successor = parseEntry({ id: "m/next", info: { name: "Next 2" } })
  expect(retiredWords({ since: "2026-03-20", successor })).toBe(
    "This model is no longer offered; it was last listed on 20 March 2026. Your message is saved. Switch to Next 2, which comes nearest to it.",
  )
  expect(retiredWords({ since: null, successor: null })).toBe(
    "This model is no longer offered. Your message is saved. Switch to another model.",
  )
})
