import { expect, test } from "@playwright/test"
import { jsonSchema, tool } from "ai"
import { asked, chatProperties, chunk, hear, replay, stream } from "../testing"

// Quirks of the vendor's API by number: text answers.

const { stream: _canStream, ...inOnePiece } = chatProperties
const chat = { path: "/v1/chat/completions", properties: chatProperties }
const answered = (...chunks: (object | string)[]) =>
  hear(replay({ ...chat, answers: [() => stream(chunks)] }))
const said = (content: string | null, more: object = {}) => chunk({ delta: { content, ...more } })
const stop = chunk({ delta: {}, finish_reason: "stop" })
const completion = (message: object, more: object = {}, finish_reason: string | null = "stop") =>
  hear(
    replay({
      ...chat,
      properties: inOnePiece,
      answers: [
        () =>
          Response.json({
            ...{ id: "2025-04-09|09:53:23.624687-07|5.250.254.39|-1825976509", created: 1 },
            ...{ object: "chat.completion", model: "another-name" },
            choices: [{ index: 0, finish_reason, logprobs: null, message }],
            usage: { prompt_tokens: 5, completion_tokens: 173, total_tokens: 178 },
            meta: { usage: { credits_used: 625, usd_spent: 0.0003125 } },
            ...more,
          }),
      ],
    }),
  )

test("7: an end is an end in every dialect's word, whatever members come with it", async () => {
  const whole = { role: "assistant", content: "Hello", input_sensitive: false }
  const extras = {
    ...{ native_finish_reason: "completed", base_resp: { status_code: 0 }, flag: 0 },
    ...{ request_id: "r", input_sensitive: false },
  }
  const ends = { end_turn: "complete", stop: "complete", max_tokens: "length", length: "length" }
  for (const [word, reason] of Object.entries({ ...ends, refusal: "filtered" })) {
    const inPieces = await answered(
      said("Hello"),
      chunk({ delta: {}, finish_reason: word, ...extras }),
    )
    const inOne = await completion(whole, extras, word)
    for (const { text, end } of [inPieces, inOne]) {
      expect([text, end?.reason, end?.finishReason]).toEqual(["Hello", reason, word])
    }
  }
})

test("8: a stream that ends twice, the second time without a delta, is one whole answer", async () => {
  const piece = (content: string) => ({ delta: { content, role: "assistant", refusal: null } })
  const usage = { prompt_tokens: 16, completion_tokens: 248, total_tokens: 264 }
  const { text, events, end } = await answered(
    chunk(piece(""), { id: "msg_019G", usage: null }),
    chunk(piece("I find "), { id: "", usage: null }),
    chunk(piece("humanity"), { id: "", usage: null }),
    chunk({ ...piece(""), finish_reason: "stop" }, { id: "", usage }),
    chunk({ finish_reason: "stop" }, { id: "", usage: null }),
  )
  expect(text).toBe("I find humanity")
  expect(events.filter(({ type }) => type === "end")).toHaveLength(1)
  expect(end).toMatchObject({ reason: "complete", usage: { inputTokens: 16, outputTokens: 248 } })
})

test("9: usage and price come last, in a chunk with an empty list of choices or with none", async () => {
  const usage = { prompt_tokens: 16, completion_tokens: 102, total_tokens: 118 }
  const meta = { usage: { credits_used: 2_480, usd_spent: 0.00124 } }
  const told = { usage: { inputTokens: 16, outputTokens: 102 }, costUsd: 0.00124 }
  const inOne = await answered(said("Hello"), stop, chunk(null, { usage, meta }))
  expect([inOne.text, inOne.end]).toMatchObject(["Hello", told])
  const apart = await answered(said("Hello"), stop, { usage }, { meta })
  expect([apart.text, apart.end]).toMatchObject(["Hello", { reason: "complete", ...told }])
})

test("10: an answer is whole with [DONE] and without, but not without a word for its end", async () => {
  expect((await answered(said("Hello"), stop)).end?.reason).toBe("complete")
  expect((await answered(said("Hello"), stop, "[DONE]")).end?.reason).toBe("complete")
  await expect(answered(said("Hello"))).rejects.toMatchObject({ code: "model_cut" })
})

test("an answer in one piece is whole, whether or not it says why it ended", async () => {
  const untold = await completion({ role: "assistant", content: "Hello" }, {}, null)
  expect([untold.text, untold.end?.reason]).toEqual(["Hello", "complete"])
})

test("11: members that nobody announced, and contents that are null or absent, do no harm", async () => {
  const extras = {
    ...{ obfuscation: "RmYF", service_tier: "default", system_fingerprint: null, provider: "any" },
    usage: null,
  }
  const { text, end } = await answered(
    chunk({ delta: { role: "assistant", content: null, refusal: null }, logprobs: null }, extras),
    chunk({ delta: { refusal: null } }, extras),
    chunk({ delta: { content: "Hello" }, logprobs: null, finish_reason: null }, extras),
    chunk({ delta: { content: null }, finish_reason: "stop" }, { ...extras, choices: undefined }),
    chunk({ delta: { content: "" }, finish_reason: "stop" }, extras),
  ).catch((error: unknown) => ({ text: String(error), end: undefined }))
  expect([text, end?.reason]).toEqual(["Hello", "complete"])
})

test("12: thoughts are heard under each of their names, and none at all is fine", async () => {
  const details = (text: string) => [{ type: "reasoning.text", text, format: "x", index: 0 }]
  const forms: ((text: string) => object)[] = [
    (text) => ({ content: null, reasoning_content: text }),
    (text) => ({ content: "", reasoning: text }),
    (text) => ({ content: "", reasoning: text, reasoning_details: details(text) }),
    (text) => ({ content: "", reasoning_content: "", reasoning: text }),
    (text) => ({ content: "", reasoning_content: "", reasoning_details: details(text) }),
  ]
  for (const form of forms) {
    const thoughts = ["", "Let me ", "think."].map((text) => chunk({ delta: form(text) }))
    const inPieces = await answered(...thoughts, said("Hello", { reasoning_content: null }), stop)
    const inOne = await completion({
      role: "assistant",
      ...form("Let me think."),
      content: "Hello",
    })
    for (const { reasoning, text } of [inPieces, inOne]) {
      expect([reasoning, text]).toEqual(["Let me think.", "Hello"])
    }
  }
  const counted = { completion_tokens: 9, completion_tokens_details: { reasoning_tokens: 8 } }
  const { events, end } = await answered(
    said("Hello", { reasoning_content: "" }),
    chunk({ delta: {}, finish_reason: "stop" }, { usage: { prompt_tokens: 5, ...counted } }),
  )
  expect(events.some(({ type }) => type === "reasoning")).toBe(false)
  expect(end?.usage?.reasoningTokens).toBe(8)
})

test("13: sources stand beside the answer, and a stray delta beside the message is no answer", async () => {
  const sources = [{ title: "A page", url: "https://example.com/a", date: "2002-06-09" }]
  const beside = { citations: ["https://example.com/a"], search_results: sources }
  const data = { type: "data", label: "Sources", value: sources }
  const stray = [
    {
      ...{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "So [1]" } },
      delta: { role: "assistant", content: "" },
    },
  ]
  const inOne = await completion({}, { ...beside, choices: stray })
  const inPieces = await answered(
    chunk({ delta: { content: "So [1]" }, message: { content: "So [1]" } }, beside),
    chunk({ delta: {}, message: { content: "So [1]" }, finish_reason: "stop" }, beside),
  )
  for (const { text, events } of [inOne, inPieces]) {
    expect(text).toBe("So [1]")
    expect(events.filter(({ type }) => type === "data")).toEqual([data])
  }
  const links = await answered(
    said("So [1]"),
    chunk({ finish_reason: "stop" }, { citations: ["a"] }),
  )
  expect(links.events).toContainEqual({ type: "data", label: "Sources", value: ["a"] })
  expect(inOne.end?.costUsd).toBe(0.0003125)
})

test('25: instructions go where a model\'s roles let them, and "" stands beside calls of tools', async () => {
  const schema = (...roles: string[]) => ({
    type: "array",
    items: {
      type: "object",
      properties: {
        role: { type: "string", enum: roles },
        content: { type: "string" },
        tool_calls: { type: "array" },
        tool_call_id: { type: "string" },
      },
      required: ["role", "content"],
    },
  })
  const sent = async (properties: Record<string, object>) => {
    const upstream = replay({
      ...chat,
      properties: { ...chatProperties, ...properties },
      answers: [() => stream([said("Hi"), stop])],
    })
    await hear(upstream, {
      instructions: "Be brief.",
      messages: [
        { role: "user", content: "Hello" },
        {
          role: "assistant",
          content: [{ type: "tool-call", toolCallId: "call_1", toolName: "now", input: {} }],
        },
        {
          role: "tool",
          content: [
            {
              ...{ type: "tool-result", toolCallId: "call_1", toolName: "now" },
              output: { type: "text", value: "Noon" },
            },
          ],
        },
      ],
    })
    return Object(asked(upstream.came)[0]?.body)
  }
  const plain = await sent({ messages: schema("system", "user", "assistant", "tool") })
  expect(plain.messages[0]).toEqual({ role: "system", content: "Be brief." })
  expect(plain.messages[2]).toMatchObject({ content: "", tool_calls: [{ id: "call_1" }] })

  const apart = await sent({
    messages: schema("user", "assistant", "tool"),
    system: { type: "string" },
  })
  expect([apart.system, apart.messages[0].content]).toEqual(["Be brief.", "Hello"])

  const developer = await sent({ messages: schema("developer", "user", "assistant", "tool") })
  expect(developer.messages[0]).toEqual({ role: "developer", content: "Be brief." })

  const folded = await sent({ messages: schema("user", "assistant", "tool") })
  expect(folded.messages[0]).toEqual({ role: "user", content: "Be brief.\n\nHello" })
  expect(folded).not.toHaveProperty("system")
})

const weather = tool({ description: "The weather", inputSchema: jsonSchema({ type: "object" }) })
/** Parses the same answer with and without tools offered. */
const inBothWays = (...chunks: (object | string)[]) =>
  Promise.all(
    [{}, { tools: { weather } }].map((more) =>
      hear(replay({ ...chat, answers: [() => stream(chunks)] }), more),
    ),
  )

test("the first end ends an answer: what is said after it, or after [DONE], is not in it", async () => {
  const usage = { prompt_tokens: 5, completion_tokens: 9, total_tokens: 14 }
  const call = { index: 0, id: "call_1", function: { name: "weather", arguments: "{}" } }
  for (const heard of await inBothWays(
    said("Hello"),
    chunk({ delta: { content: " there" }, finish_reason: "stop" }),
    said(" and more"),
    chunk({ delta: { tool_calls: [call] }, finish_reason: "length" }),
    chunk(null, { usage }),
    "[DONE]",
    said(" and more"),
  )) {
    expect([heard.text, heard.end?.reason]).toEqual(["Hello there", "complete"])
    expect(heard.end?.usage?.outputTokens).toBe(9)
    expect(heard.events.some(({ type }) => type === "tool-call")).toBe(false)
  }
})

test("of several choices the first is the answer, in whatever order they come", async () => {
  for (const heard of await inBothWays(
    chunk({ index: 1, delta: { content: "Good evening" } }),
    said("Good "),
    chunk({ index: 1, delta: { content: "!" }, finish_reason: "length" }),
    said("day"),
    stop,
  )) {
    expect([heard.text, heard.end?.reason]).toEqual(["Good day", "complete"])
  }
})

test("content may come in pieces, thoughts among them, and a refusal is an answer too", async () => {
  const pieces = [
    { type: "thinking", thinking: [{ type: "text", text: "Let me think." }] },
    { type: "text", text: "Hello" },
  ]
  const inPieces = await answered(chunk({ delta: { content: pieces } }), stop)
  expect([inPieces.reasoning, inPieces.text]).toEqual(["Let me think.", "Hello"])
  const refused = await answered(chunk({ delta: { content: null, refusal: "I will not." } }), stop)
  expect([refused.text, refused.end?.reason]).toEqual(["I will not.", "filtered"])
})
