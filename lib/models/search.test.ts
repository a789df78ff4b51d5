import { expect, test } from "@playwright/test"
import type { ListedModel } from "./model"
import { searchModels } from "./search"

function model(id: string, name: string, vendor: string, abilities: string[] = []): ListedModel {
  return {
    id,
    aliases: [`${id}-alias`],
    name,
    vendor,
    kind: "text",
    inputs: [],
    outputs: [],
    abilities,
    contextTokens: null,
    outputTokens: null,
    priceLabel: null,
    metrics: null,
    inputUsdPerMillion: null,
    outputUsdPerMillion: null,
    releasedAt: null,
  }
}
const models = [
  model("a/one", "Alpha One", "Acme", ["vision"]),
  model("b/alphabet", "Beta", "Alphabetical"),
  model("c/gamma", "Gamma", "Acme"),
]

test("every word must match; names weigh more than the rest", () => {
  expect(searchModels(models, "alpha").map((m) => m.name)).toEqual(["Alpha One", "Beta"])
  expect(searchModels(models, "acme vision").map((m) => m.name)).toEqual(["Alpha One"])
  expect(searchModels(models, "  ").length).toBe(3)
  expect(searchModels(models, "zzz")).toEqual([])
})

test("a whole id comes before those that begin like it", () => {
  const family = [model("maker/one/pro", "One One Pro", "One"), model("maker/one", "First", "One")]
  expect(searchModels(family, "Maker/One").map((m) => m.name)).toEqual(["First", "One One Pro"])
})
