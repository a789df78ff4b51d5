import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue, costOf } from "./catalogue"
import { type Client, test } from "./testing"
import { courseOf, type NamedEvent, namedEventsOf } from "./testing-protocols"

const claude = "anthropic/claude-sonnet-4.5"
const say = "repeat exactly: one two three four five six seven eight"
const said = "one two three four five six seven eight"
const parameters = {
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
}
const tool = { name: "get_weather", description: "Looks outside", input_schema: parameters }
const thinking = { type: "enabled", budget_tokens: 1024 }

const blockSchema = z.looseObject({ type: z.string() })
const bodySchema = z.looseObject({
  model: z.string(),
  content: z.array(blockSchema),
  stop_reason: z.string(),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }),
  meta: z.object({ usage: z.object({ credits_used: z.number(), usd_spent: z.number() }) }),
})

type Turn = { role: string; content: unknown }

function ask(client: Client, prompt: string | Turn[], more: object = {}, init: RequestInit = {}) {
  const messages = typeof prompt === "string" ? [{ role: "user", content: prompt }] : prompt
  return client.post("/v1/messages", { model: claude, max_tokens: 4096, messages, ...more }, init)
}

async function answer(client: Client, prompt: string | Turn[], more: object = {}) {
  const response = await ask(client, prompt, more)
  const body = await response.json()
  expect(body).not.toHaveProperty("statusCode")
  return bodySchema.parse(body)
}

async function stream(client: Client, prompt: string | Turn[], more: object = {}) {
  const response = await ask(client, prompt, { stream: true, ...more })
  return namedEventsOf(await response.text())
}

/** What the deltas of one kind add up to. */
function joinedDeltas(events: NamedEvent[], type: string, member: string): string {
  const deltas = events.flatMap(({ data }) => {
    const delta = blockSchema.safeParse(data.delta)
    return delta.success && delta.data.type === type ? [String(delta.data[member])] : []
  })
  return deltas.join("")
}

test("an answer in one piece, with its price", async ({ client }) => {
  const body = await answer(client, say, { system: [{ type: "text", text: "Be brief." }] })
  expect(body).toMatchObject({
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-5-20250929",
    content: [{ type: "text", text: said }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { service_tier: "standard", cache_read_input_tokens: 0 },
  })
  const model = new Catalogue().find(claude)
  const { input_tokens: input, output_tokens: output } = body.usage
  expect(model && costOf(model, { token: { input, output } })).toEqual(body.meta.usage)
})

test("the events of a stream come in order and add up to the answer", async ({ client }) => {
  const events = await stream(client, say, { thinking })
  expect(courseOf(events)).toEqual([
    "message_start",
    "content_block_start",
    "ping",
    "content_block_delta",
    "content_block_stop",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ])
  const body = await answer(client, say, { thinking })
  const [thought, text] = body.content
  expect(thought).toEqual({
    type: "thinking",
    thinking: joinedDeltas(events, "thinking_delta", "thinking"),
    signature: joinedDeltas(events, "signature_delta", "signature"),
  })
  expect(text).toEqual({ type: "text", text: joinedDeltas(events, "text_delta", "text") })
  const end = events.at(-2)?.data
  expect(end).toMatchObject({
    delta: { stop_reason: "end_turn", stop_sequence: null },
    usage: body.usage,
    meta: body.meta,
  })
})

test("thoughts may be left out, and must come back as they were", async ({ client }) => {
  const display = { ...thinking, display: "omitted" }
  const latest = { model: "anthropic/claude-opus-5" }
  const hidden = await answer(client, say, { ...latest, thinking: display })
  expect(hidden.content[0]).toMatchObject({ type: "thinking", thinking: "" })
  const { content } = await answer(client, say, { thinking })
  const turns = (blocks: unknown): Turn[] => [
    { role: "user", content: say },
    { role: "assistant", content: blocks },
    { role: "user", content: "Go on" },
  ]
  expect((await ask(client, turns(content), { thinking })).ok).toBe(true)
  const [thought, ...rest] = content
  const changed = await ask(client, turns([{ ...thought, thinking: "Different." }, ...rest]))
  expect(changed.status).toBe(400)
  expect((await changed.json()).message).toContain("Invalid `signature`")
})

test("tools in both dialects, there and back", async ({ client }) => {
  const prompt = "What is the weather in Lisbon?"
  const called = await answer(client, prompt, { tools: [tool], tool_choice: { type: "auto" } })
  expect(called.stop_reason).toBe("tool_use")
  const [use] = called.content
  expect(use).toMatchObject({ type: "tool_use", name: "get_weather", input: { city: "Lisbon" } })
  const events = await stream(client, prompt, { tools: [tool] })
  expect(joinedDeltas(events, "input_json_delta", "partial_json")).toBe('{"city":"Lisbon"}')
  const latest = { model: "anthropic/claude-opus-5" }
  const openai = { type: "function", function: { name: "get_weather", parameters } }
  expect((await answer(client, prompt, { ...latest, tools: [openai] })).stop_reason).toBe(
    "tool_use",
  )
  const turns = (id: unknown): Turn[] => {
    const result = { type: "tool_result", tool_use_id: id, content: '{"celsius":21}' }
    return [
      { role: "user", content: prompt },
      { role: "assistant", content: called.content },
      { role: "user", content: [result] },
    ]
  }
  const done = await answer(client, turns(use?.id), { tools: [tool] })
  expect(JSON.stringify(done.content)).toContain("celsius")
  const stray = await ask(client, turns("toolu_stray"), { tools: [tool] })
  expect(stray.status).toBe(400)
  expect((await stray.json()).message).toContain("corresponding `tool_use` block")
})

test("a choice of tool is obeyed", async ({ client }) => {
  const tools = [tool]
  const forced = await answer(client, "Hello", { tools, tool_choice: { type: "any" } })
  expect(forced.stop_reason).toBe("tool_use")
  const prompt = "What is the weather in Lisbon?"
  const none = await answer(client, prompt, { tools, tool_choice: { type: "none" } })
  expect(none.stop_reason).toBe("end_turn")
  const search = [{ type: "web_search_20250305", name: "web_search" }]
  const remote = { model: "anthropic/claude-opus-5", tools: search }
  expect((await answer(client, "web search for tea", remote)).stop_reason).toBe("end_turn")
})

test("pictures and documents arrive", async ({ client }) => {
  const source = { type: "base64", media_type: "image/png", data: "aGVsbG8=" }
  const paper = { type: "base64", media_type: "application/pdf", data: "aGVsbG8=" }
  const content = [
    { type: "text", text: "Look" },
    { type: "image", source },
    { type: "document", source: paper, title: "a.pdf" },
  ]
  const body = await answer(client, [{ role: "user", content }], {
    model: "anthropic/claude-opus-5",
  })
  const text = JSON.stringify(body.content)
  expect(text).toContain("image (image/png")
  expect(text).toContain("a.pdf")
})

test("limits, stop sequences and refusals say why they ended", async ({ client }) => {
  const cut = await answer(client, say, { max_tokens: 3 })
  expect(cut).toMatchObject({ stop_reason: "max_tokens", content: [{ text: "one two three" }] })
  const stopped = await answer(client, say, { stop_sequences: ["seven", " fi"] })
  expect(stopped).toMatchObject({
    stop_reason: "stop_sequence",
    stop_sequence: " fi",
    content: [{ text: "one two three four" }],
  })
  await client.rule({ match: "forbidden", name: "refusal" })
  const refused = await stream(client, "forbidden")
  expect(refused.at(-2)?.data).toMatchObject({ delta: { stop_reason: "refusal" } })
})

test("the key may come as other clients send it", async ({ client }) => {
  const headers = { authorization: "", "x-api-key": "test-key", "anthropic-version": "2023-06-01" }
  expect((await ask(client, say, {}, { headers })).ok).toBe(true)
  expect((await ask(client, say, {}, { headers: { authorization: "" } })).status).toBe(401)
  const body = { model: claude, max_tokens: 9, messages: [{ role: "user", content: say }] }
  expect((await client.post("/messages", body)).ok).toBe(true)
})

test("what the vendor refuses is refused", async ({ client }) => {
  expect((await ask(client, say, { model: "openai/gpt-4o" })).status).toBe(400)
  expect((await ask(client, say, { temperature: 1.5 })).status).toBe(400)
  expect((await ask(client, [{ role: "narrator", content: "x" }])).status).toBe(400)
  expect((await client.post("/v1/messages", { model: claude })).status).toBe(400)
  const tight = await ask(client, say, { max_tokens: 1024, thinking })
  expect(tight.status).toBe(400)
  expect((await tight.json()).message).toContain("budget_tokens")
  const [refused] = (await client.log(say)).slice(-1)
  expect(refused).toMatchObject({ valid: false, status: 400 })
})

test("rules interrupt it as they do a chat", async ({ client }) => {
  await client.rule({ match: "cutting", name: "cut", afterChunks: 2, tokensPerChunk: 1 })
  const cut = await stream(client, `cutting ${say}`)
  expect(joinedDeltas(cut, "text_delta", "text")).toBe("one two")
  expect(cut.at(-1)?.name).toBe("content_block_delta")
  await client.rule({ match: "erring", name: "error-event", afterChunks: 1, statusCode: 503 })
  expect((await stream(client, `erring ${say}`)).at(-1)).toMatchObject({
    name: "error",
    data: { type: "error", error: { type: "overloaded_error" } },
  })
  await client.rule({ match: "broken", name: "broken-event", afterChunks: 1 })
  const broken = await ask(client, `broken ${say}`, { stream: true })
  const text = await broken.text()
  expect(text).toContain('data: {"type":"content_block_delta","index\n\n')
  expect(text).toContain("event: message_stop")
  await client.rule({ match: "commented", name: "comments" })
  const commented = await (await ask(client, `commented ${say}`, { stream: true })).text()
  expect(commented).toContain(": ping\n\n")
  await client.rule({ match: "halved", name: "cut" })
  const halved = await ask(client, "halved")
  await expect(halved.json()).rejects.toThrow()
  await client.rule({ match: "busy", name: "status", statusCode: 429 })
  expect((await ask(client, "busy")).status).toBe(429)
})
