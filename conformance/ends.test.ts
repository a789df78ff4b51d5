import { expect, test } from "@playwright/test"
import { jsonSchema, tool } from "ai"
import { parseEntry } from "../lib/aiml/catalogue/entry"
import { createAiml } from "../lib/aiml/client"
import type { TextEvent } from "../lib/aiml/text"
import { AppError } from "../lib/errors"
import { eventsOf } from "./said-events"

// An answer is whole only where the protocol itself said so, in each of the four.

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

/** Asks a model whose answers come as they are given, and tells how that ended. */
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
  const asking = aiml.answer(model, {
    messages: [{ role: "user", content: "Hello" }],
    maxOutputTokens: 400,
    ...(isWithTools && { tools: { now }, mostSteps: 3 }),
    requestId: "conformance-1",
    abortSignal: AbortSignal.timeout(20_000),
    timeouts: { firstMs: 10_000, idleMs: 10_000, totalMs: 20_000 },
  })
  let failure: unknown = null
  try {
    for await (const event of asking) events.push(event)
  } catch (error) {
    failure = error
  }
  const text = events.map((event) => (event.type === "text" ? event.delta : "")).join("")
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

  if (!lane.isWithTools) continue
  test(`${name}: the same in the step after a tool`, async () => {
    const calls = eventsOf(lane.path, called)
    const events = split(eventsOf(lane.path, done))
    expect((await hear(lane, [calls, joined(events)])).end).toBe("complete")
    for (let count = 0; count < events.length; count++) {
      const { end } = await hear(lane, [calls, joined(events.slice(0, count))])
      expect([count, end]).toEqual([count, "model_cut"])
    }
    // The call itself cut off: no step is made of it, and none follows.
    const pieces = split(calls)
    for (let count = 0; count < pieces.length; count++) {
      const { end } = await hear(lane, [joined(pieces.slice(0, count)), joined(events)])
      expect([count, end]).toEqual([count, "model_cut"])
    }
  })
}
