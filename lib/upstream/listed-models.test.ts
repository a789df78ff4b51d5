import { gzipSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import { parseCatalogue } from "../aiml/catalogue/entry"
import type { CatalogueState, Model } from "../models/model"
import { isKnown, listModels } from "./listed-models"

const live: CatalogueState = { source: "live", at: "2026-01-01T00:00:00Z", isStale: false }

/** Models as varied as real ones: two in five chat, the rest generate media, each at its own price. */
function manyModels(count: number): Model[] {
  const words = ["swift", "ocean", "large", "mini", "vision", "turbo", "instruct", "pro", "flash"]
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % below
  }
  const unit = (name: string, measure: string, per: number) => ({
    name,
    measure,
    price: random(90) / 10,
    per,
  })
  const data = Array.from({ length: count }, (_, index) => {
    const maker = random(60)
    const tail = `${words[maker % 9]}-${random(9)}-${words[random(9)]}-${index}`
    const isChat = index % 5 < 2
    return {
      id: `maker-${maker}/${tail}`,
      type: isChat ? "chat-completions" : "image-generations",
      aliases: [],
      info: {
        name: tail.replaceAll("-", " "),
        developer: `Maker ${maker}`,
        releasedAt: `202${random(4) + 3}-0${1 + random(9)}-${10 + random(18)}`,
        ...(isChat && { contextLength: 1024 << random(10), outputMax: 1024 << random(7) }),
      },
      modalities: { input: ["image", "text"], output: [isChat ? "text" : "image"] },
      capabilities: isChat ? ["streaming", "tools", "vision"].slice(random(3)) : [],
      pricing: {
        kind: "fixed",
        units: isChat
          ? [unit("token", "input", 1e6), unit("token", "output", 1e6)]
          : [unit("image", "output", 100)],
      },
    }
  })
  return parseCatalogue({ data }).map((model) => ({
    ...model,
    metrics: {
      firstTokenMs: model.kind === "text" ? 100 + random(2_000) : null,
      tokensPerSecond: model.kind === "text" ? 10 + random(200) : null,
      durationMs: 1_000 + random(60_000),
    },
  }))
}

test("two thousand models are a small answer with what people choose by", () => {
  const { json } = listModels({ models: manyModels(2_000), state: live, metricsAt: 1 })
  const { models, state } = JSON.parse(json)
  expect(models).toHaveLength(2_000)
  expect(state).toEqual(live)
  expect(models[0]).toMatchObject({
    kind: "text",
    priceLabel: expect.stringContaining("1M tokens"),
  })
  expect(models[0].metrics.durationMs % 100).toBe(0)
  expect(models[0]).not.toHaveProperty("prices")
  expect(gzipSync(json).length).toBeLessThan(75_000)
})

test("the tag stays while nothing changed that a reader would notice", () => {
  const models = manyModels(20)
  const minute = 60_000
  const tag = (change: object) =>
    listModels({ models, state: live, metricsAt: 10 * minute, ...change }).etag
  const first = tag({})
  expect(first).toMatch(/^W\/"[\w-]+"$/)
  expect(tag({ models: [...models] })).toBe(first)
  expect(tag({ metricsAt: 11 * minute })).toBe(first)
  expect(tag({ state: { ...live, at: "2026-01-02T00:00:00Z" } })).toBe(first)
  expect(tag({ metricsAt: 15 * minute })).not.toBe(first)
  expect(tag({ metricsAt: null })).not.toBe(first)
  expect(tag({ state: { ...live, isStale: true } })).not.toBe(first)
  expect(tag({ models: models.slice(1) })).not.toBe(first)
})

test("a browser's tags are compared weakly", () => {
  expect(isKnown('W/"a"', 'W/"a"')).toBe(true)
  expect(isKnown('W/"a"', '"b", "a"')).toBe(true)
  expect(isKnown('W/"a"', 'W/"b"')).toBe(false)
  expect(isKnown('W/"a"', null)).toBe(false)
})
