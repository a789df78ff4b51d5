import { expect } from "@playwright/test"
import { Catalogue, costOf } from "./catalogue"
import { responseSchemaOf } from "./specs"
import { chunksOf, test, textOfChunks } from "./testing"
import { compile } from "./validate"

const gpt = "openai/gpt-4o"
const claude = "anthropic/claude-sonnet-4.5"
const say = "repeat exactly: one two three four five six seven eight"

test("no key, an empty one and an invalid one are refused", async ({ client }) => {
  for (const authorization of ["", "Bearer ", "Bearer invalid-key", "Basic abc"]) {
    const response = await client.chat(gpt, say, {}, { headers: { authorization } })
    expect(response.status).toBe(401)
    const body = await response.json()
    expect(body.message).toContain("requires a valid API key")
    expect(Object.keys(body)).toEqual(["message", "path", "requestId", "statusCode", "timestamp"])
  }
})

test("models that do not exist, or no longer, are refused", async ({ client }) => {
  const unknown = await client.chat("nobody/nothing", say)
  expect(unknown.status).toBe(400)
  expect((await unknown.json()).message).toContain("received 'nobody/nothing'")
  expect((await client.chat("gpt-4", say)).status).toBe(404)
  expect((await client.chat("flux/dev", say)).status).toBe(400)
})

test("a wrong body is refused in the vendor's words", async ({ client }) => {
  const message = async (body: object) => {
    const response = await client.post("/chat/completions", { model: gpt, ...body })
    expect(response.status).toBe(400)
    return (await response.json()).message
  }
  const messages = [{ role: "user", content: "Hello" }]
  expect(await message({})).toBe("Body validation error!\nRequired")
  expect(await message({ messages, temperature: 3 })).toBe(
    "Body validation error!\nNumber must be less than or equal to 2",
  )
  expect(await message({ messages, tool_choice: "sometimes" })).toContain("Invalid input")
  expect(await message({ messages: [{ role: "narrator", content: "x" }] })).toContain(
    "Invalid discriminator value. Expected 'user' | ",
  )
  expect(await message({ messages: [{ role: "user" }] })).toBe("Body validation error!\nRequired")
  expect(await message({ messages, stream: "yes" })).toBe(
    "Body validation error!\nExpected boolean, received string",
  )
  const own = await client.chat(claude, "x", { messages: [{ role: "system", content: "x" }] })
  expect((await own.json()).message).toContain("'user' | 'assistant', received 'system'")
  const [entry] = await client.log("Hello")
  expect(entry).toMatchObject({ valid: false, status: 400 })
  expect(entry?.validationErrors[0]?.path).toBe("temperature")
})

test("pictures, tools and tool turns pass", async ({ client }) => {
  const picture = { type: "image_url", image_url: { url: "data:image/png;base64,aGVsbG8=" } }
  const parameters = { type: "object", properties: { city: { type: "string" } } }
  const response = await client.chat(gpt, "", {
    tools: [{ type: "function", function: { name: "get_weather", parameters } }],
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: [{ type: "text", text: "Look" }, picture] },
      {
        role: "assistant",
        content: "",
        tool_calls: [
          { id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } },
        ],
      },
      { role: "tool", tool_call_id: "call_1", content: '{"celsius": 21}' },
    ],
  })
  expect(response.ok).toBe(true)
  expect(JSON.stringify(await response.json())).toContain("celsius")
  const anthropic = await client.chat(claude, "hello", {
    tools: [{ name: "get_weather", input_schema: parameters }],
    tool_choice: { type: "auto" },
  })
  expect(anthropic.ok).toBe(true)
})

test("an OpenAI stream: role, text, reason, usage alone", async ({ client }) => {
  const chunks = await client.stream(gpt, say)
  const [first] = chunks
  expect(first?.choices?.[0]?.delta).toEqual({ role: "assistant", content: "", refusal: null })
  expect(chunks.every((chunk) => typeof chunk.obfuscation === "string")).toBe(true)
  expect(new Set(chunks.map((chunk) => chunk.id)).size).toBe(1)
  expect(chunks.at(-2)?.choices?.[0]).toMatchObject({ delta: {}, finish_reason: "stop" })
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: {}, meta: { usage: {} } })
  expect(textOfChunks(chunks)).toBe("one two three four five six seven eight")
})

test("a Claude stream ends twice and loses its id", async ({ client }) => {
  const chunks = await client.stream(claude, say)
  expect(chunks[0]?.id).toMatch(/^msg_01/)
  expect(new Set(chunks.slice(1).map((chunk) => chunk.id))).toEqual(new Set([""]))
  expect(chunks.at(-2)?.choices?.[0]?.finish_reason).toBe("stop")
  expect(chunks.at(-2)?.usage).toBeTruthy()
  expect(chunks.at(-1)?.choices).toEqual([{ index: 0, finish_reason: "stop" }])
  expect(chunks.at(-1)?.usage).toBeNull()
  expect(chunks[0]?.model).toBe("claude-sonnet-4-5-20250929")
  expect((await client.complete(claude, say)).choices[0].finish_reason).toBe("end_turn")
})

test("thoughts come under each family's own name, or only as a number", async ({ client }) => {
  const qwen = await client.stream("alibaba/qwen3-next-80b-a3b-thinking", say)
  expect(qwen[0]?.choices?.[0]?.delta).toMatchObject({ content: null, reasoning_content: "" })
  expect(qwen[1]?.choices?.[0]?.delta?.reasoning_content).not.toBe("")
  const openrouter = await client.stream("moonshotai/kimi-k2-thinking", say)
  expect(openrouter[0]?.choices?.[0]?.delta?.reasoning_details).toHaveLength(1)
  expect(openrouter[0]).toHaveProperty("provider")
  const hidden = await client.stream("o3-mini", say)
  expect(JSON.stringify(hidden)).not.toContain("reasoning_content")
  expect(hidden.at(-1)?.usage?.completion_tokens_details).toMatchObject({
    reasoning_tokens: expect.any(Number),
  })
  const asked = { thinking: { type: "enabled", budget_tokens: 1024 } }
  expect(JSON.stringify(await client.stream(claude, say))).not.toContain("reasoning_content")
  expect(JSON.stringify(await client.stream(claude, say, asked))).toContain("reasoning_content")
})

test("some streams end with [DONE] and some do not", async ({ client }) => {
  const ids = ["openai/gpt-4o", "gpt-4o-mini", "o1", "o3-mini", "zhipu/glm-5", "perplexity/sonar"]
  const endings = await Promise.all(
    ids.map(async (id) => {
      const stream = await (await client.chat(id, say, { stream: true })).text()
      expect(textOfChunks(chunksOf(stream))).toContain("seven")
      return stream.endsWith("data: [DONE]\n\n")
    }),
  )
  expect(new Set(endings)).toEqual(new Set([true, false]))
})

test("a limit cuts the answer, the default of 512 too", async ({ client }) => {
  const cut = await client.complete(gpt, say, { max_tokens: 3 })
  expect(cut.choices[0]).toMatchObject({
    finish_reason: "length",
    message: { content: "one two three" },
  })
  expect(cut.usage.completion_tokens).toBe(3)
  const byDefault = await client.complete("openai/o3-pro", "Write a long answer")
  expect(byDefault.usage.completion_tokens).toBe(512)
  expect(byDefault.choices[0].finish_reason).toBe("length")
})

test("the cost follows from the price and the tokens", async ({ client }) => {
  const response = await client.chat(gpt, "Write a long answer")
  const body = await response.json()
  const model = new Catalogue().find(gpt)
  if (!model) throw new Error("the catalogue lost its model")
  const amounts = { input: body.usage.prompt_tokens, output: body.usage.completion_tokens }
  expect(body.meta.usage).toEqual(costOf(model, { token: amounts }))
  expect(body.meta.usage.credits_used).toBeCloseTo(body.meta.usage.usd_spent * 2_000_000, 6)
  expect(response.headers.get("x-aimlapi-credits-used")).toBe(String(body.meta.usage.credits_used))
  expect(response.headers.get("x-aimlapi-usd-spent")).toBe(String(body.meta.usage.usd_spent))
  const streamed = await client.stream(gpt, "Write a long answer")
  expect(streamed.at(-1)?.meta).toEqual(body.meta)
})

test("request ids are echoed when they are valid", async ({ client }) => {
  const echo = async (id: string) => {
    const response = await client.chat(gpt, say, {}, { headers: { "x-client-request-id": id } })
    expect(response.headers.get("x-inference-id")).toMatch(/^[0-9a-f-]{36}$/)
    return response.headers.get("x-client-request-id")
  }
  expect(await echo("turn:42_a.b-c")).toBe("turn:42_a.b-c")
  expect(await echo("not valid")).toBeNull()
})

test("a tool is called when the question names it", async ({ client }) => {
  const parameters = {
    type: "object",
    properties: { city: { type: "string" }, unit: { type: "string", enum: ["celsius", "kelvin"] } },
    required: ["city", "unit"],
  }
  const tools = [{ type: "function", function: { name: "get_weather", parameters } }]
  const prompt = "What is the weather in Buenos Aires, in kelvin?"
  const body = await client.complete(gpt, prompt, { tools })
  expect(body.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: {
      content: null,
      tool_calls: [{ function: { arguments: '{"city":"Buenos Aires","unit":"kelvin"}' } }],
    },
  })
  const chunks = await client.stream(gpt, prompt, { tools })
  expect(chunks.at(-2)?.choices?.[0]?.finish_reason).toBe("tool_calls")
  const other = await client.complete(gpt, "Tell me a story", { tools })
  expect(other.choices[0].finish_reason).toBe("stop")
})

test("equal questions get equal answers", async ({ client }) => {
  const ask = async (model: string) => textOfChunks(await client.stream(model, "Tell me something"))
  expect(await ask(gpt)).toBe(await ask(gpt))
  const [one, two] = [await ask("o1"), await ask(claude)]
  expect(one).not.toBe(two)
})

test("answers fit the vendor's schema, and statuses vary", async ({ client }) => {
  const catalogue = new Catalogue()
  const chat = catalogue.list().filter((model) => model.type === "openai/chat-completions")
  const statuses = new Set<number>()
  for (const model of chat.filter((_, index) => index % 12 === 0)) {
    const response = await client.chat(model.id, "Why is the sky blue?")
    statuses.add(response.status)
    const body = await response.json()
    // The one departure of the real service from its own schema.
    for (const choice of body.choices)
      if (choice.finish_reason === "end_turn") choice.finish_reason = "stop"
    const operation = catalogue.operationFor("chat", model)
    const schema = operation && responseSchemaOf(operation)
    if (!schema) continue
    const validator = compile(schema)
    expect([model.id, validator(body), validator.errors]).toEqual([model.id, true, null])
  }
  expect(statuses).toEqual(new Set([200, 201]))
})

test("asked to go on with a cut answer, it says the rest of the same one", async ({ client }) => {
  const question = { role: "user", content: "Why is the sky blue?" }
  const whole = await client.complete("gpt-4o", question.content)
  const text = whole.choices[0].message.content ?? ""
  const begun = text.slice(0, Math.floor(text.length / 2))
  const messages = [
    question,
    { role: "assistant", content: begun },
    { role: "user", content: "Go on exactly where it stopped." },
  ]
  const rest = await client.complete("gpt-4o", "", { messages })
  expect(begun + rest.choices[0].message.content).toBe(text)
})
