import { expect, test } from "@playwright/test"
import { createCatalogue, parseCatalogue } from "./catalogue"

const entry = {
  id: "maker/model-1",
  type: "openai/chat-completions",
  aliases: ["model-1"],
  info: {
    name: "Model 1",
    developer: "Maker",
    contextLength: 128_000,
    outputMax: 16_384,
    releasedAt: "2026-01-02",
  },
  capabilities: ["vision", "tools"],
  pricing: {
    kind: "fixed",
    units: [
      { name: "token", measure: "input", price: 2.5, per: 1_000_000 },
      { name: "token", measure: "output", price: 0.01, per: 1_000 },
    ],
  },
}

test("an entry becomes a model; prices honour their `per`", () => {
  expect(parseCatalogue({ data: [entry] })).toEqual([
    {
      id: "maker/model-1",
      aliases: ["model-1"],
      name: "Model 1",
      maker: "Maker",
      kind: "text",
      abilities: ["vision", "tools"],
      contextTokens: 128_000,
      outputTokens: 16_384,
      inputUsdPerMillion: 2.5,
      outputUsdPerMillion: 10,
      releasedAt: "2026-01-02",
    },
  ])
})

test("broken entries are left out or read as far as they go; other servers' lists are read too", () => {
  const data = [
    null,
    { name: "no id" },
    {
      ...entry,
      id: "x",
      aliases: "none",
      pricing: { units: [{ price: "?" }] },
      info: { contextLength: -1 },
    },
    { id: "llama3:8b", object: "model", owned_by: "library" },
    { ...entry, id: "video", type: "internal/video-generations/submit" },
  ]
  const models = parseCatalogue({ data })
  expect(models.map(({ id, kind, maker, name }) => [id, kind, maker, name])).toEqual([
    ["x", "text", "", "x"],
    ["llama3:8b", "text", "library", "llama3:8b"],
    ["video", "video", "Maker", "Model 1"],
  ])
  expect(models[0]).toMatchObject({ aliases: [], contextTokens: null, inputUsdPerMillion: null })
  expect(() => parseCatalogue({ error: "no" })).toThrow()
})

test("the last good copy serves while the upstream is away, and an ETag saves the body", async () => {
  let answer = () => Response.json({ data: [entry] }, { headers: { etag: '"1"' } })
  const asked: (string | null)[] = []
  let saved: unknown
  const source = {
    url: "http://upstream.invalid/v1/models",
    apiKey: "k",
    fetch: async (_url: RequestInfo | URL, init?: RequestInit) => {
      asked.push(new Headers(init?.headers).get("if-none-match"))
      return answer()
    },
  }
  const kept = {
    load: async () => null,
    save: async (models: unknown) => {
      saved = models
    },
  }
  const models = await createCatalogue({ ...source, kept }).models()
  expect(models.map((model) => model.id)).toEqual(["maker/model-1"])
  expect(saved).toEqual(models)

  answer = () => new Response("<html>bad gateway", { status: 502 })
  const stored = { models: [...models], etag: '"1"' }
  const restarted = createCatalogue({ ...source, kept: { ...kept, load: async () => stored } })
  expect(await restarted.models()).toEqual(models)
  expect(await restarted.models()).toEqual(models)
  expect(asked).toEqual([null, '"1"'])
  expect(await createCatalogue(source).models()).toEqual([])
})
