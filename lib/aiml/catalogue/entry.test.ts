import { expect, test } from "@playwright/test"
import { parseCatalogue, parseEntry } from "./entry"

const entry = {
  id: "maker/model-1",
  type: "chat-completions",
  aliases: ["model-1"],
  info: {
    name: "Model 1",
    developer: "Maker",
    contextLength: 128_000,
    outputMax: "16384",
    releasedAt: "2026-01-02",
  },
  modalities: { input: ["text", "image"], output: ["text"] },
  capabilities: ["vision", "tools"],
  pricing: {
    kind: "fixed",
    currency: "USD",
    units: [
      { name: "token", measure: "input", price: 2.5, per: 1_000_000 },
      { name: "token", measure: "output", price: 0.01, per: 1_000 },
    ],
  },
}

test("an entry becomes a model", () => {
  expect(parseEntry(entry)).toEqual({
    id: "maker/model-1",
    aliases: ["model-1"],
    name: "Model 1",
    vendor: "Maker",
    kind: "text",
    endpoint: "chat-completions",
    inputs: ["text", "image"],
    outputs: ["text"],
    abilities: ["vision", "tools"],
    contextTokens: 128_000,
    outputTokens: 16_384,
    prices: [
      { unit: "token", measure: "input", usd: 2.5, per: 1_000_000, when: null },
      { unit: "token", measure: "output", usd: 0.01, per: 1_000, when: null },
    ],
    priceLabel: "$2.50 in · $10.00 out / 1M tokens",
    inputUsdPerMillion: 2.5,
    outputUsdPerMillion: 10,
    metrics: null,
    releasedAt: "2026-01-02",
  })
})

test("what is no entry is left out, and of two of one name the first counts", () => {
  const nonsense = [
    null,
    42,
    "text",
    [],
    {},
    { id: null },
    { id: 7 },
    { id: "" },
    { id: "a\u0000b" },
  ]
  const data = [...nonsense, { id: "Twice" }, { ...entry, id: "twice" }, { id: "x".repeat(201) }]
  expect(parseCatalogue({ data }).map(({ id }) => id)).toEqual(["Twice"])
  expect(() => parseCatalogue({ error: "no" })).toThrow()
})

test("a broken member costs only itself", () => {
  const read = (member: object) => parseEntry({ ...entry, ...member })
  const sound = parseEntry(entry)
  expect(read({ type: 5 })).toEqual({ ...sound, endpoint: null })
  for (const aliases of [null, "one,two", undefined]) {
    expect(read({ aliases })).toEqual({ ...sound, aliases: [] })
  }
  expect(read({ aliases: ["good", 5, null, "maker/model-1"] })).toEqual({
    ...sound,
    aliases: ["good"],
  })
  const bare = { name: "model-1", vendor: "", contextTokens: null, outputTokens: null }
  for (const info of [undefined, null, "Model 1 by Maker"]) {
    expect(read({ info })).toEqual({ ...sound, ...bare, releasedAt: null })
  }
  expect(read({ info: { ...entry.info, name: null, contextLength: "128k" } })).toEqual({
    ...sound,
    name: "model-1",
    contextTokens: null,
  })
  expect(read({ info: { ...entry.info, outputMax: -1, releasedAt: "soon" } })).toEqual({
    ...sound,
    outputTokens: null,
    releasedAt: null,
  })
  expect(read({ modalities: ["text"] })).toEqual({ ...sound, inputs: [], outputs: [] })
  expect(read({ capabilities: "tools" })).toEqual({ ...sound, abilities: [] })
  const free = { prices: [], priceLabel: null, inputUsdPerMillion: null, outputUsdPerMillion: null }
  for (const pricing of [null, "cheap", { kind: "auction", bids: [1] }, { kind: "variants" }]) {
    expect(read({ pricing })).toEqual({ ...sound, ...free })
  }
  expect(read({ info: { ...entry.info, name: "Mo\u0000del\n1 " } })?.name).toBe("Mo del 1")
})

test("other servers' plain lists are read too", () => {
  const models = parseCatalogue({ data: [{ id: "llama:8b", object: "model", owned_by: "me" }] })
  expect(models).toMatchObject([{ name: "llama:8b", vendor: "me", kind: "text", prices: [] }])
})

test("two thousand entries, some of them broken, are read in one go", () => {
  const data = Array.from({ length: 2_000 }, (_, index) =>
    index % 100 === 0 ? { id: index } : { ...entry, id: `maker/model-${index}` },
  )
  let reads = 0
  const counted = data.map((item) => ({
    ...item,
    get info() {
      reads += 1
      return entry.info
    },
  }))
  expect(parseCatalogue({ data: counted })).toHaveLength(1_980)
  expect(reads).toBeLessThanOrEqual(3 * 2_000)
})
