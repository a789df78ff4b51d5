import { expect, test } from "@playwright/test"
import { findModel, searchModels } from "./model-search"
import type { Model } from "./models"

function model(id: string, name: string, maker: string, abilities: string[] = []): Model {
  return {
    id,
    aliases: [`${id}-alias`],
    name,
    maker,
    kind: "text",
    endpoint: null,
    abilities,
    contextTokens: null,
    outputTokens: null,
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

test("a model is found by id and by alias", () => {
  expect(findModel(models, "c/gamma")?.name).toBe("Gamma")
  expect(findModel(models, "c/gamma-alias")?.name).toBe("Gamma")
  expect(findModel(models, "gone")).toBeUndefined()
})

test("every word must match; names weigh more than the rest", () => {
  expect(searchModels(models, "alpha").map((m) => m.name)).toEqual(["Alpha One", "Beta"])
  expect(searchModels(models, "acme vision").map((m) => m.name)).toEqual(["Alpha One"])
  expect(searchModels(models, "  ").length).toBe(3)
  expect(searchModels(models, "zzz")).toEqual([])
})
