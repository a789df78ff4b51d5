import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue, costOf } from "./catalogue"
import { type Client, test } from "./testing"
import { balanceOf, get } from "./testing-protocols"

const claude = "anthropic/claude-sonnet-4.5"
const say = "repeat exactly: one two three"

const request = (id: string, prompt: string, more: object = {}) => ({
  custom_id: id,
  params: {
    model: claude,
    max_tokens: 100,
    messages: [{ role: "user", content: prompt }],
    ...more,
  },
})

const batchSchema = z.looseObject({ id: z.string(), processing_status: z.string() })

async function submit(client: Client, ...requests: object[]) {
  const response = await client.post("/v1/batches", { requests })
  expect(response.ok).toBe(true)
  const batch = batchSchema.parse(await response.json())
  expect(response.headers.get("x-inference-id")).toBe(batch.id)
  return batch
}

const look = (client: Client, id: string) => get(client, `/v1/batches?batch_id=${id}`)

const lineSchema = z.object({
  custom_id: z.string(),
  result: z.looseObject({
    type: z.string(),
    message: z
      .looseObject({
        usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }),
      })
      .optional(),
  }),
})

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => lineSchema.parse(JSON.parse(line)))

test("a batch runs, ends in lines, and is charged once at half price", async ({ client }) => {
  await client.rule({ match: "quick", name: "job", queueMs: 0, generatingMs: 0 })
  const before = await balanceOf(client)
  const batch = await submit(client, request("a", `quick ${say}`), request("b", say))
  expect(batch).toMatchObject({
    type: "message_batch",
    processing_status: "in_progress",
    request_counts: { processing: 2, succeeded: 0 },
    results_url: null,
  })
  const response = await look(client, batch.id)
  expect(response.headers.get("content-type")).toContain("jsonl")
  const lines = linesOf(await response.text())
  expect(lines.map((line) => line.custom_id)).toEqual(["a", "b"])
  expect(lines[1]?.result).toMatchObject({
    type: "succeeded",
    message: {
      type: "message",
      content: [{ type: "text", text: "one two three" }],
      usage: { service_tier: "batch" },
    },
  })
  await look(client, batch.id)
  const model = new Catalogue().find(claude)
  const full = lines.map(({ result }) => {
    const { input_tokens: input = 0, output_tokens: output = 0 } = result.message?.usage ?? {}
    return model ? costOf(model, { token: { input, output } }).credits_used : 0
  })
  const half = full.reduce((sum, credits) => sum + credits / 2, 0)
  expect(before - (await balanceOf(client))).toBe(Math.ceil(half))
})

test("a batch that runs tells so in two ways", async ({ client }) => {
  await client.rule({ match: "waiting", name: "job", queueMs: 60_000 })
  const waiting = await submit(client, request("a", "waiting"))
  expect(await (await look(client, waiting.id)).json()).toEqual(waiting)
  await client.rule({ match: "running", name: "job", isEndless: true })
  const { id } = await submit(client, request("a", "running"))
  expect(await (await look(client, id)).json()).toEqual({ id, status: "generating" })
})

test("one request may fail without the others", async ({ client }) => {
  await client.rule({ match: "first", name: "job" })
  await client.rule({ match: "faulty", name: "status", statusCode: 503 })
  const { id } = await submit(client, request("a", "first"), request("b", "faulty"))
  const lines = linesOf(await (await look(client, id)).text())
  expect(lines.map(({ result }) => result.type)).toEqual(["succeeded", "errored"])
})

test("a batch can be cancelled while it runs", async ({ client }) => {
  await client.rule({ match: "endless", name: "job", isEndless: true })
  const { id } = await submit(client, request("a", "endless"))
  const cancel = () => client.post(`/v1/batches/cancel/${id}`, {})
  expect(await (await cancel()).json()).toMatchObject({ id, processing_status: "canceling" })
  expect(await (await look(client, id)).json()).toMatchObject({
    status: "cancelled",
    processing_status: "ended",
    request_counts: { processing: 0, canceled: 1 },
  })
  const again = await cancel()
  expect(again.status).toBe(400)
  expect((await again.json()).message).toContain("already ended")
})

test("wrong batches are refused, every request looked at", async ({ client }) => {
  const refusal = async (...requests: unknown[]) => {
    const response = await client.post("/v1/batches", { requests })
    expect(response.status).toBe(400)
    return (await response.json()).message
  }
  expect(await refusal()).toContain("Array must contain at least 1 element(s)")
  expect(await refusal({ params: {} })).toBe("Body validation error!\nRequired")
  expect(await refusal(request("a", say), request("b", say, { temperature: 2 }))).toContain(
    "less than or equal to 1",
  )
  expect(await refusal(request("a", say, { model: "openai/gpt-4o" }))).toContain("openai/gpt-4o")
  expect(await refusal(request("a", say), request("a", say))).toContain("Duplicate")
  const query = await get(client, "/v1/batches")
  expect((await query.json()).message).toBe("Query validation error!\nRequired")
  const unknown = await look(client, "nobody")
  expect(unknown.status).toBe(404)
  expect(unknown.headers.has("x-inference-id")).toBe(false)
})
