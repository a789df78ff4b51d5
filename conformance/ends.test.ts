import { expect, test } from "@playwright/test"
import { jsonSchema, tool } from "ai"
import { parseEntry } from "../lib/aiml/catalogue/entry"
import { createAiml } from "../lib/aiml/client"
import { collect, spoken, type TextEvent } from "../lib/aiml/testing"
import { AppError } from "../lib/base/errors"
import { eventsOf } from "./said-events"

// In each of the four protocols an answer is complete only if the protocol says so.

const now = tool({
  description: "The time",
  inputSchema: jsonSchema({ type: "object", properties: {} }),
  execute: () => "noon",
})

type Lane = { path: string; type: string; isWithTools: boolean }

const types: Record<string, string> = {
  "/v1/chat/completions": "any/chat",
  "/v1/responses": "any/responses",
  "/v1/messages": "any/messages",
  "/v1/completions": "any/completions",
}
const lanes: Lane[] = Object.entries(types).flatMap(([path, type]) => [
  { path, type, isWithTools: false },
  ...(type === "any/completions" ? [] : [{ path, type, isWithTools: true }]),
])

/** Asks a model with scripted answers and returns how the stream ended. */
async function hear({ type, isWithTools }: Lane, answers: readonly (string | Response)[]) {
  let posts = 0
  const aiml = createAiml({
    baseUrl: "http://upstream.invalid",
    fetch: async (_input, init) => {
      if (typeof init?.body !== "string") return new Response(null, { status: 404 })
      posts += 1
      const answer = answers[posts - 1] ?? ""
      const headers = { "content-type": "text/event-stream" }
      return typeof answer === "string" ? new Response(answer, { headers }) : answer
    },
  })
  const model = parseEntry({ id: "maker/model", type })
  if (!model) throw new Error("no id")
  const events: TextEvent[] = []
  const request = {
    messages: [{ role: "user" as const, content: "Hello" }],
    maxOutputTokens: 400,
    ...(isWithTools && { tools: { now }, mostSteps: 3 }),
    requestId: "conformance-1",
    abortSignal: AbortSignal.timeout(20_000),
    timeouts: { firstMs: 10_000, idleMs: 10_000, totalMs: 20_000 },
  }
  let failure: unknown = null
  try {
    await collect(aiml, model, request, events)
  } catch (error) {
    failure = error
  }
  const text = spoken(events)
  const reason = events.find((event) => event.type === "end")?.reason
  return { text, posts, end: reason ?? (failure instanceof AppError ? failure.code : failure) }
}

const done = { text: "Hello there.", calls: [] }
const called = { text: "", calls: [{ id: "call_1", name: "now", input: { city: "" } }] }
const split = (stream: string) => stream.split("\n\n").filter((event) => event !== "")
const joined = (events: readonly string[]) => events.map((event) => `${event}\n\n`).join("")

for (const lane of lanes) {
  const name = `${lane.path}${lane.isWithTools ? " with tools" : ""}`

  test(`${name}: cut after any number of events it is not complete, and nothing is lost`, async () => {
    const events = split(eventsOf(lane.path, done))
    expect((await hear(lane, [joined(events)])).end).toBe("complete")
    for (let count = 0; count < events.length; count++) {
      const { end, text, posts } = await hear(lane, [joined(events.slice(0, count))])
      expect([count, end, posts]).toEqual([count, "model_cut", 1])
      expect(done.text.startsWith(text)).toBe(true)
    }
  })

  test(`${name}: an answer without a word that ended well is a failure in words`, async () => {
    const empty = { text: "", calls: [] }
    expect(await hear(lane, [eventsOf(lane.path, empty)])).toMatchObject({ end: "model_empty" })
    const blank = eventsOf(lane.path, { text: " \n", calls: [] })
    expect(await hear(lane, [blank])).toMatchObject({ end: "model_empty" })
  })

  test(`${name}: a failure told in the midst of it is read, whatever its shape, and what came stands`, async () => {
    const events = split(eventsOf(lane.path, done))
    const begun = events.slice(0, events.findIndex((event) => event.includes(done.text)) + 1)
    const failures: [object, string][] = [
      [{ error: { message: "The model is overloaded", code: 503 } }, "model_busy"],
      [{ error: "Rate limit exceeded" }, "model_busy"],
      [{ message: "You've run out of credits.", statusCode: "403" }, "service_credits"],
      [{ type: "error", error: { type: "api_error", message: "It broke" } }, "model_failed"],
      [{ type: "error", code: "server_error", message: "It broke", param: null }, "model_failed"],
      [{ type: "response.failed", response: { error: { message: "It broke" } } }, "model_failed"],
    ]
    for (const [failure, code] of failures) {
      const told = `data: ${JSON.stringify(failure)}`
      const heard = await hear(lane, [joined([...begun, told])])
      expect([failure, heard]).toEqual([failure, { text: done.text, posts: 1, end: code }])
    }
  })

  test(`${name}: a failure under a status of success is one`, async () => {
    const json = (body: object) => Response.json(body, { status: 201 })
    const credits = { message: "You've run out of credits.", statusCode: 403, path: "/" }
    const busy = { error: { message: "Too many requests", code: 429 } }
    expect((await hear(lane, [json(credits)])).end).toBe("service_credits")
    expect((await hear(lane, [json(busy)])).end).toBe("model_busy")
  })

  if (lane.path.endsWith("/completions")) {
    test(`${name}: an answer in one piece to a question for a stream is read`, async () => {
      const choice = { index: 0, finish_reason: "stop" }
      const message = { role: "assistant", content: done.text }
      const own = lane.path.includes("chat") ? { message } : { text: done.text }
      const whole = { id: "1", object: "any", created: 1, choices: [{ ...choice, ...own }] }
      const heard = await hear(lane, [Response.json(whole)])
      expect(heard).toEqual({ text: done.text, posts: 1, end: "complete" })
    })

    test(`${name}: an end that says “error” is none`, async () => {
      const failed = eventsOf(lane.path, done).replace(
        '"finish_reason":"stop"',
        '"finish_reason":"error"',
      )
      expect(await hear(lane, [failed])).toMatchObject({ text: done.text, end: "model_failed" })
    })
  }

  if (!lane.isWithTools) continue
  test(`${name}: a model that calls tools to the last step keeps what it said`, async () => {
    const calls = { ...called, text: "I look once more." }
    const heard = await hear(
      lane,
      [1, 2, 3].map(() => eventsOf(lane.path, calls)),
    )
    expect(heard).toEqual({ text: calls.text.repeat(3), posts: 3, end: "complete" })
    const last = split(eventsOf(lane.path, calls))
    for (let count = 0; count < last.length; count++) {
      const cut = joined(last.slice(0, count))
      const { end } = await hear(lane, [...[1, 2].map(() => eventsOf(lane.path, calls)), cut])
      expect([count, end]).toEqual([count, "model_cut"])
    }
  })

  if (lane.path.includes("chat")) {
    test(`${name}: tools called in an answer in one piece are called`, async () => {
      const call = { id: "call_1", type: "function", function: { name: "now", arguments: "{}" } }
      const message = { role: "assistant", content: "I look.", tool_calls: [call] }
      const whole = { id: "1", choices: [{ index: 0, finish_reason: "tool_calls", message }] }
      const heard = await hear(lane, [Response.json(whole), eventsOf(lane.path, done)])
      expect(heard).toEqual({ text: `I look.${done.text}`, posts: 2, end: "complete" })
    })
  }

  test(`${name}: the same in the step after a tool`, async () => {
    const calls = eventsOf(lane.path, called)
    const events = split(eventsOf(lane.path, done))
    expect((await hear(lane, [calls, joined(events)])).end).toBe("complete")
    for (let count = 0; count < events.length; count++) {
      const { end } = await hear(lane, [calls, joined(events.slice(0, count))])
      expect([count, end]).toEqual([count, "model_cut"])
    }
    // A truncated tool call must not be executed or cause another step.
    const pieces = split(calls)
    for (let count = 0; count < pieces.length; count++) {
      const { end } = await hear(lane, [joined(pieces.slice(0, count)), joined(events)])
      expect([count, end]).toEqual([count, "model_cut"])
    }
  })
}

test("an end has the reason that the protocol gives", async () => {
  const told: Record<string, [string, string, string][]> = {
    "/v1/chat/completions": [
      ['"finish_reason":"stop"', '"finish_reason":"length"', "length"],
      ['"finish_reason":"stop"', '"finish_reason":"content_filter"', "filtered"],
    ],
    "/v1/responses": [
      ["response.completed", "response.incomplete", "length"],
      ...[
        ["max_output_tokens", "length"],
        ["content_filter", "filtered"],
      ].map(([word, reason = ""]): [string, string, string] => [
        '"status":"completed"}}',
        `"status":"incomplete","incomplete_details":{"reason":"${word}"}}}`,
        reason,
      ]),
    ],
    "/v1/messages": [
      ["end_turn", "max_tokens", "length"],
      ["end_turn", "refusal", "filtered"],
      ["end_turn", "stop_sequence", "complete"],
    ],
    "/v1/completions": [['"finish_reason":"stop"', '"finish_reason":"length"', "length"]],
  }
  for (const lane of lanes) {
    for (const [usual, word, reason] of told[lane.path] ?? []) {
      const answer = eventsOf(lane.path, done).replaceAll(usual, word)
      expect([lane, word, (await hear(lane, [answer])).end]).toEqual([lane, word, reason])
    }
  }
})
