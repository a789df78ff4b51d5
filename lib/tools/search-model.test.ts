import { expect, test } from "@playwright/test"
import { parseEntry } from "../aiml/catalogue/entry"
import type { Field } from "../models/fields"
import type { Model } from "../models/model"
import { cheapestSearcher, searchParams } from "./search-model"

function model(id: string, words: string[], usd: number | null, tags: string[] = []): Model {
  const parsed = parseEntry({
    ...{ id, tags, type: "openai/chat-completions", capabilities: words },
    modalities: { input: ["text"], output: ["text"] },
  })
  if (!parsed) throw new Error("no id")
  return { ...parsed, inputUsdPerMillion: usd, outputUsdPerMillion: usd }
}

test("the cheapest that searches is asked, and of those first the ones that do nothing else", () => {
  const plain = model("m/plain", ["tools"], 0.01)
  const switched = model("m/switched", ["tools", "web_search"], 0.1)
  const dear = model("m/dear", [], 9, ["ai-search"])
  const fair = model("m/fair", ["search"], 1)
  const unpriced = model("m/unpriced", ["search"], null)
  expect(dear.abilities).toEqual(["web_search"])
  expect(model("m/re", [], 1, ["research"]).abilities).toEqual([])
  expect(cheapestSearcher([plain, switched, dear, unpriced, fair])?.id).toBe("m/fair")
  expect(cheapestSearcher([plain, switched])?.id).toBe("m/switched")
  expect(cheapestSearcher([plain])).toBeNull()
  expect(cheapestSearcher([plain], new Set(["m/plain"]))?.id).toBe("m/plain")
})

const field = (name: string, shape: object) =>
  ({ name, label: name, isRequired: false, ...shape }) as Field // every shape below is a valid Field

test("only settings that a model has are wished for", () => {
  expect(
    searchParams([
      field("enable_search", { type: "boolean", default: false }),
      field("return_images", { type: "text", isLong: false }),
      field("search_mode", { type: "choice", choices: ["academic", "web"] }),
      field("temperature", { type: "number", isInteger: false }),
      field("constructor", { type: "boolean" }),
      field("search_options", {
        type: "object",
        fields: [field("enable_source", { type: "boolean" }), field("other", { type: "boolean" })],
      }),
      field("web_search_options", { type: "object", fields: [] }),
    ]),
  ).toEqual({
    enable_search: true,
    search_mode: "web",
    search_options: { enable_source: true },
    web_search_options: {},
  })
  expect(searchParams([field("search_mode", { type: "choice", choices: ["academic"] })])).toEqual(
    {},
  )
})
