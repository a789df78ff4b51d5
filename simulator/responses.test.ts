import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue, costOf } from "./catalogue"
import { responseSchemaOf } from "./specs"
import { type Client, test } from "./testing"
import { balanceOf, courseOf, get, joinedText, namedEventsOf } from "./testing-protocols"
import { compile } from "./validate"

const gpt = "openai/gpt-4o"
const thinker = "o3-mini"
const say = "repeat exactly: one two three four five six seven eight"
const said = "one two three four five six seven eight"
const weather = {
  type: "function",
  name: "get_weather",
  strict: true,
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
  },
}

const bodySchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  output: z.array(z.looseObject({ id: z.string(), type: z.string() })),
  output_text: z.string().optional(),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }).optional(),
  meta: z
    .object({ usage: z.object({ credits_used: z.number(), usd_spent: z.number() }) })
    .optional(),
})

function ask(client: Client, model: string, input: unknown, more: object = {}) {
  return client.post("/v1/responses", { model, input, ...more })
}

async function respond(client: Client, model: string, input: unknown, more: object = {}) {
  const response = await ask(client, model, input, more)
  expect(response.ok).toBe(true)
  return bodySchema.parse(await response.json())
}

async function stream(client: Client, model: string, input: unknown, more: object = {}) {
  const response = await ask(client, model, input, { stream: true, ...more })
  return namedEventsOf(await response.text())
}

const endOf = (events: { data: Record<string, unknown> }[]) =>
  bodySchema.parse(events.at(-1)?.data.response)

test("an answer in one piece, its message still said to be in progress", async ({ client }) => {
  const body = await respond(client, gpt, say, { instructions: "Be brief." })
  expect(body).toMatchObject({
    object: "response",
    status: "completed",
    instructions: "Be brief.",
    max_output_tokens: 512,
    output_text: said,
    output: [{ type: "message", status: "in_progress", content: [{ text: said }] }],
  })
  const model = new Catalogue().find(gpt)
  const { input_tokens: input = 0, output_tokens: output = 0 } = body.usage ?? {}
  expect(model && costOf(model, { token: { input, output } })).toEqual(body.meta?.usage)
})

test("the events of a stream come in order and add up to the answer", async ({ client }) => {
  const events = await stream(client, gpt, say)
  expect(courseOf(events)).toEqual([
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ])
  expect(events.map(({ data }) => data.sequence_number)).toEqual(events.map((_, index) => index))
  expect(events.every(({ name, data }) => data.type === name)).toBe(true)
  expect(joinedText(events, "response.output_text.delta")).toBe(said)
  expect(endOf(events)).toMatchObject({ output_text: said, meta: { usage: {} } })
  expect(endOf(events).usage).toEqual((await respond(client, gpt, say)).usage)
})

test("thoughts are a summary when asked for, and a number otherwise", async ({ client }) => {
  const plain = await respond(client, thinker, say)
  expect(plain.output.map(({ type }) => type)).toEqual(["reasoning", "message"])
  expect(plain.output[0]).toMatchObject({ summary: [] })
  const { reasoning_tokens } = z
    .object({ reasoning_tokens: z.number() })
    .parse(plain.usage?.output_tokens_details)
  expect(reasoning_tokens).toBeGreaterThan(20)
  const events = await stream(client, thinker, say, { reasoning: { summary: "auto" } })
  expect(courseOf(events).slice(2, 9)).toEqual([
    "response.output_item.added",
    "response.reasoning_summary_part.added",
    "response.reasoning_summary_text.delta",
    "response.reasoning_summary_text.done",
    "response.reasoning_summary_part.done",
    "response.output_item.done",
    "response.output_item.added",
  ])
  const text = joinedText(events, "response.reasoning_summary_text.delta")
  expect(text.length).toBeGreaterThan(100)
  expect(endOf(events).output[0]).toMatchObject({ summary: [{ type: "summary_text", text }] })
  const kept = await respond(client, thinker, say, { include: ["reasoning.encrypted_content"] })
  expect(kept.output[0]).toHaveProperty("encrypted_content")
})

test("a function is called, and its output is answered", async ({ client }) => {
  const prompt = "What is the weather in Lisbon?"
  const events = await stream(client, gpt, prompt, { tools: [weather] })
  expect(courseOf(events)).toContain("response.function_call_arguments.done")
  expect(joinedText(events, "response.function_call_arguments.delta")).toBe('{"city":"Lisbon"}')
  const [call] = (await respond(client, gpt, prompt, { tools: [weather] })).output
  expect(call).toMatchObject({ type: "function_call", name: "get_weather", status: "completed" })
  const output = { type: "function_call_output", call_id: call?.call_id, output: '{"celsius":21}' }
  const question = { role: "user", content: [{ type: "input_text", text: prompt }] }
  const done = await respond(client, gpt, [question, call, output], { tools: [weather] })
  expect(done.output_text).toContain("celsius")
  const stray = await ask(client, gpt, [question, { ...output, call_id: "call_stray" }])
  expect(stray.status).toBe(400)
  expect((await stray.json()).message).toContain("No tool call found")
})

test("a stored response is found again and gone on from", async ({ client }) => {
  const first = await respond(client, gpt, "What weighs a cloud?", { store: true })
  const found = await get(client, `/v1/responses/${first.id}`)
  expect(await found.json()).toEqual(first)
  const next = await respond(client, gpt, "What was my first question?", {
    previous_response_id: first.id,
  })
  expect(next.output_text).toContain("> What weighs a cloud?")
  const unstored = await respond(client, gpt, "Hello")
  expect((await get(client, `/v1/responses/${unstored.id}`)).status).toBe(404)
  const lost = await ask(client, gpt, "And?", { previous_response_id: unstored.id })
  expect(lost.status).toBe(400)
  expect((await get(client, `/responses/${first.id}`)).status).toBe(200)
})

test("an item may be named instead of repeated, if it was stored", async ({ client }) => {
  const referring = async (more: object) => {
    const first = await respond(client, gpt, "What weighs a cloud?", more)
    return [
      { role: "user", content: "What weighs a cloud?" },
      { type: "item_reference", id: first.output[0]?.id },
      { role: "user", content: "What was my first question?" },
    ]
  }
  const next = await respond(client, gpt, await referring({ store: true }))
  expect(next.output_text).toContain("**3 messages**")
  const lost = await ask(client, gpt, await referring({}))
  expect(lost.status).toBe(404)
  expect((await lost.json()).message).toContain("`store` is set to false")
})

test("in the background it is queued, then done, and charged once", async ({ client }) => {
  await client.rule({ match: "later", name: "job", queueMs: 0, generatingMs: 0 })
  const response = await ask(client, gpt, `later ${say}`, { background: true })
  const queued = bodySchema.parse(await response.json())
  expect(queued).toMatchObject({ status: "queued", output: [] })
  expect(queued.usage).toBeUndefined()
  expect(response.headers.get("x-inference-id")).toBe(queued.id)
  const before = await balanceOf(client)
  const done = bodySchema.parse(await (await get(client, `/v1/responses/${queued.id}`)).json())
  expect(done).toMatchObject({ id: queued.id, status: "completed", output_text: said })
  await get(client, `/v1/responses/${queued.id}`)
  expect(before - (await balanceOf(client))).toBe(done.meta?.usage.credits_used)
  const error = { name: "Error", message: "It broke" }
  await client.rule({ match: "never", name: "job", error })
  const failing = await respond(client, gpt, "never", { background: true })
  const failed = await (await get(client, `/v1/responses/${failing.id}`)).json()
  expect(failed).toMatchObject({ status: "failed", error: { message: "It broke" } })
})

test("a limit, a filter and a refusal end it early", async ({ client }) => {
  const cut = await stream(client, gpt, "Write a long answer", { max_output_tokens: 16 })
  expect(cut.at(-1)?.name).toBe("response.incomplete")
  expect(endOf(cut)).toMatchObject({
    status: "incomplete",
    incomplete_details: { reason: "max_output_tokens" },
    usage: { output_tokens: 16 },
  })
  await client.rule({ match: "filtered", name: "content-filter" })
  expect(await respond(client, gpt, `filtered ${say}`)).toMatchObject({
    incomplete_details: { reason: "content_filter" },
  })
  await client.rule({ match: "forbidden", name: "refusal" })
  const refused = await stream(client, gpt, "forbidden")
  const refusal = joinedText(refused, "response.refusal.delta")
  expect(refusal).toContain("can't help")
  expect(endOf(refused).output[0]).toMatchObject({ content: [{ type: "refusal", refusal }] })
})

test("a search is shown, and its source cited where the text says so", async ({ client }) => {
  const tools = [{ type: "web_search_preview" }]
  const events = await stream(client, gpt, "Why is the sky blue?", { tools })
  expect(courseOf(events)).toEqual(
    expect.arrayContaining([
      "response.web_search_call.in_progress",
      "response.web_search_call.searching",
      "response.web_search_call.completed",
      "response.output_text.annotation.added",
    ]),
  )
  const end = endOf(events)
  expect(end.output.map(({ type }) => type)).toEqual(["web_search_call", "message"])
  const added = events.find(({ name }) => name === "response.output_text.annotation.added")
  const { start_index, end_index } = z
    .looseObject({ start_index: z.number(), end_index: z.number() })
    .parse(added?.data.annotation)
  expect(end.output_text?.slice(start_index, end_index)).toMatch(/^\[.+\]\(https:.+\)$/)
})

test("JSON is answered in the schema that is asked for", async ({ client }) => {
  const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] }
  const format = { type: "json_schema", name: "place", schema }
  const body = await respond(client, gpt, "A city in France", { text: { format } })
  expect(JSON.parse(body.output_text ?? "")).toEqual({ city: "France" })
})

test("pictures and files arrive", async ({ client }) => {
  const content = [
    { type: "input_text", text: "Look" },
    { type: "input_image", image_url: "data:image/png;base64,aGVsbG8=", detail: "auto" },
    { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,aGVsbG8=" },
  ]
  const body = await respond(client, gpt, [{ role: "user", content }])
  expect(body.output_text).toContain("image (image/png")
  expect(body.output_text).toContain("a.pdf")
})

test("what the vendor refuses is refused", async ({ client }) => {
  expect((await ask(client, "anthropic/claude-sonnet-4.5", say)).status).toBe(400)
  expect((await ask(client, "nobody/nothing", say)).status).toBe(400)
  expect((await ask(client, gpt, say, { max_output_tokens: 15 })).status).toBe(400)
  expect((await ask(client, gpt, undefined)).status).toBe(400)
  const nested = { type: "function", function: { name: "get_weather" } }
  expect((await ask(client, gpt, say, { tools: [nested] })).status).toBe(400)
  expect((await ask(client, "openai/gpt-5-2-codex", say, { temperature: "hot" })).status).toBe(400)
  expect((await ask(client, "openai/gpt-5-2-codex", say)).ok).toBe(true)
})

test("rules interrupt it as they do a chat", async ({ client }) => {
  await client.rule({ match: "cutting", name: "cut", afterChunks: 2, tokensPerChunk: 1 })
  const cut = await stream(client, gpt, `cutting ${say}`)
  expect(joinedText(cut, "response.output_text.delta")).toBe("one two")
  expect(cut.at(-1)?.name).toBe("response.output_text.delta")
  await client.rule({ match: "erring", name: "error-event", afterChunks: 2, statusCode: 503 })
  const erring = await stream(client, gpt, `erring ${say}`)
  expect(erring.at(-1)).toMatchObject({ name: "error", data: { message: "Service unavailable" } })
  await client.rule({ match: "resetting", name: "reset", afterChunks: 1 })
  const reset = await ask(client, gpt, `resetting ${say}`, { stream: true })
  await expect(reset.text()).rejects.toThrow()
  await client.rule({ match: "busy", name: "status", statusCode: 429, retryAfterSeconds: 3 })
  expect((await ask(client, gpt, "busy")).status).toBe(429)
  await client.rule({ match: "in words", name: "text", text: "Exactly this." })
  const searched = { tools: [{ type: "web_search_preview" }] }
  expect((await respond(client, gpt, "in words", searched)).output_text).toBe("Exactly this.")
})

test("answers fit the vendor's schema", async ({ client }) => {
  const catalogue = new Catalogue()
  for (const model of catalogue.list()) {
    const operation = catalogue.ownOperation("responses", model)
    const schema = operation && responseSchemaOf(operation)
    if (!schema) continue
    const body = await respond(client, model.id, "Why is the sky blue?")
    const validator = compile(schema)
    expect([model.id, validator(body), validator.errors]).toEqual([model.id, true, null])
  }
})
