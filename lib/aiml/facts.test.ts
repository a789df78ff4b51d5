import { expect, test } from "@playwright/test"
import { plausibleFacts, readCostUsd, readFacts } from "./facts"
import { chatProperties, chunk, hear, replay, stream } from "./testing"

const odd = [-1_000, 1.5, 1e308, 3e9, "12", null, Number.NaN, {}, []]

test("tokens and dollars that cannot be true are unknown, wherever they stand", () => {
  for (const figure of odd) {
    const usage = { prompt_tokens: figure, completion_tokens: figure, characters: figure }
    expect(readFacts({ usage }).usage).toBeNull()
    expect(readFacts({ usage: { ...usage, completion_tokens: 7 } }).usage).toEqual({
      ...{ inputTokens: null, outputTokens: 7, reasoningTokens: null, cachedTokens: null },
    })
  }
  for (const figure of [1e12, -5, "5", null, 1e308]) {
    expect(readFacts({ meta: { usage: { usd_spent: figure } } }).costUsd).toBeNull()
    expect(readCostUsd({ meta: { usage: { usd_spent: figure } } })).toBeNull()
  }
  expect(readCostUsd({ meta: { usage: { usd_spent: 0.0123 } } })).toBe(0.0123)
  for (const figure of ["1e12", "-5", "NaN", "five"]) {
    const headers = new Headers({ "x-aimlapi-usd-spent": figure })
    expect(readFacts({}, headers).costUsd).toBeNull()
  }
})

test("what is counted otherwise, and ids, are kept within bounds", () => {
  const units = { images: 2, seconds: -3, pages: Number.POSITIVE_INFINITY, characters: 1e300 }
  const facts = { usage: null, units, costUsd: 0.5, upstreamId: "i".repeat(1_000) }
  expect(plausibleFacts(facts)).toEqual({
    ...{ usage: null, units: { images: 2 }, costUsd: 0.5, upstreamId: "i".repeat(200) },
  })
})

test("an answer whose usage cannot be true is complete, without those figures", async () => {
  for (const figure of odd) {
    const usage = { prompt_tokens: figure, completion_tokens: 3, total_tokens: figure }
    const chunks = [
      chunk({ delta: { content: "all of it" } }),
      chunk({ delta: {}, finish_reason: `stop${"\u0000".repeat(200)}` }),
      chunk(null, { usage, meta: { usage: { usd_spent: 1e12 } } }),
    ]
    const chat = { path: "/v1/chat/completions", properties: chatProperties }
    const { end, text } = await hear(replay({ ...chat, answers: [() => stream(chunks)] }))
    expect(text).toBe("all of it")
    expect(end).toMatchObject({ reason: "complete", costUsd: null })
    expect(end?.usage?.inputTokens ?? null).toBeNull()
    expect(end?.finishReason).toBe("stop")
  }
})

test("what gateways call the two counts is read too, and what is not told is unknown", async () => {
  const end = async (usage: object) => {
    const chunks = [
      chunk({ delta: { content: "hi" } }),
      chunk({ delta: {}, finish_reason: "stop" }),
      chunk(null, { usage }),
    ]
    const chat = { path: "/v1/chat/completions", properties: chatProperties }
    return (await hear(replay({ ...chat, answers: [() => stream(chunks)] }))).end?.usage ?? null
  }
  expect(await end({ input_tokens: 3, output_tokens: 4 })).toMatchObject({
    ...{ inputTokens: 3, outputTokens: 4 },
  })
  expect(await end({ completion_tokens: 4 })).toMatchObject({ inputTokens: null, outputTokens: 4 })
  expect(await end({})).toBeNull()
})
