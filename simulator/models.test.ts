import { expect } from "@playwright/test"
import { z } from "zod"
import { test } from "./testing"

const listSchema = z.object({
  object: z.literal("list"),
  data: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      aliases: z.array(z.string()),
      tags: z.array(z.string()),
      info: z.looseObject({ name: z.string(), developer: z.string(), docsJson: z.string() }),
    }),
  ),
})

test("the catalogue is public, plain by default and full on request", async ({ client }) => {
  const read = async (query: string) =>
    listSchema.parse(await (await fetch(`${client.url}${query}`)).json()).data
  const plain = await read("/v1/models")
  expect(plain.length).toBeGreaterThan(600)
  expect(Object.keys(plain[0] ?? {}).sort()).toEqual(["aliases", "id", "info", "tags", "type"])
  const full = await read("/models?include=all")
  expect(full.every((model) => "pricing" in model && "modalities" in model)).toBe(true)
  expect(await read("/api/v1/models?details=true")).toEqual(full)
  expect(await read("/models/with-details")).toEqual(full)
  expect(await read("/v1/models?include=Pricing,MODALITIES,capabilities")).toEqual(full)
  expect((await read("/v1/models?include=pricing,nonsense"))[0]).not.toHaveProperty("capabilities")
  expect(JSON.stringify(full)).not.toContain('thinking":{')
})

test("filters mean OR inside and AND between, whatever the case", async ({ client }) => {
  const ids = async (query: string) =>
    listSchema.parse(await (await fetch(`${client.url}/v1/models?${query}`)).json()).data
  expect((await ids("id=GPT-4o")).map((model) => model.id)).toEqual(["openai/gpt-4o"])
  expect(await ids("id=gpt-4o&id=o1,gpt-4o-mini")).toHaveLength(3)
  expect(await ids("id=gpt-4o,o1&capabilities=text_to_video")).toHaveLength(0)
  expect(await ids("type=OpenAI/Embeddings&tags=PLAYGROUND:embedding&modalities=Text")).toEqual(
    await ids("type=openai/embeddings"),
  )
  const videos = await ids("output_modalities=video&capabilities=image_to_video")
  expect(videos.length).toBeGreaterThan(30)
  expect(new Set(videos.map((model) => model.type))).toEqual(
    new Set(["internal/video-generations/submit"]),
  )
})

test("an unchanged catalogue is answered with 304", async ({ client }) => {
  const first = await fetch(`${client.url}/v1/models`)
  const etag = first.headers.get("etag") ?? ""
  const again = await fetch(`${client.url}/v1/models`, { headers: { "if-none-match": etag } })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe("")
})

test("one model is found by alias, with slashes in its name", async ({ client }) => {
  const response = await fetch(`${client.url}/model/OpenAI/GPT-4o`)
  expect(await response.json()).toMatchObject({ object: "model", data: { id: "openai/gpt-4o" } })
  const missing = await fetch(`${client.url}/model/nobody/nothing`)
  expect(missing.status).toBe(404)
  expect(await missing.json()).toMatchObject({ statusCode: 404, path: "/model/nobody/nothing" })
})

test("a model that was taken away says so, and a mangled name is nobody's", async ({ client }) => {
  const retired = await fetch(`${client.url}/model/anthropic/claude-3-opus`)
  expect(retired.status).toBe(404)
  expect(await retired.json()).toMatchObject({
    message: "Model anthropic/claude-3-opus is deprecated",
  })
  expect((await fetch(`${client.url}/model/%E0%A4%A`)).status).toBe(404)
})

test("each model of the catalogue leads to its own document, or to a 404", async ({ client }) => {
  const response = await fetch(`${client.url}/v1/models`)
  const { data } = listSchema.parse(await response.json())
  const chat = data.filter((model) => model.type === "openai/chat-completions").slice(0, 40)
  const video = data.filter((model) => model.type.includes("video")).slice(0, 10)
  const statuses = new Set<number>()
  for (const model of [...chat, ...video]) {
    const document = await fetch(model.info.docsJson)
    statuses.add(document.status)
    const text = await document.text()
    if (document.ok) expect(text).toContain(JSON.stringify(model.id))
  }
  expect([...statuses].sort()).toEqual([200, 404])
})

test("metrics come for the models asked for", async ({ client }) => {
  const response = await fetch(`${client.url}/models/metrics?aliases=gpt-4o&aliases=o1`)
  expect(await response.json()).toMatchObject({
    window_seconds: 300,
    models: [{ alias: "openai/gpt-4o" }, { alias: "o1" }],
  })
})

test("an unknown address gets the envelope", async ({ client }) => {
  const response = await fetch(`${client.url}/v1/nothing`)
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({
    message: "Cannot GET /v1/nothing",
    statusCode: 404,
  })
})
