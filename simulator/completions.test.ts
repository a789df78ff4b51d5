import { expect } from "@playwright/test"
import { z } from "zod"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const model = "gpt-3.5-turbo-instruct"
const prompt = "Once upon a time, near a lighthouse,"

const answerSchema = z.object({
  id: z.string(),
  object: z.literal("text_completion"),
  choices: z.array(
    z.object({
      text: z.string(),
      index: z.number(),
      finish_reason: z.string().nullable(),
      logprobs: z.looseObject({ tokens: z.array(z.string()) }).nullable(),
    }),
  ),
  usage: z.object({ completion_tokens: z.number(), total_tokens: z.number() }).optional(),
  meta: z.object({ usage: z.object({ credits_used: z.number() }) }).optional(),
})

async function ask(client: Client, more: object = {}) {
  const response = await client.post("/v1/completions", { model, prompt, ...more })
  expect(response.status).toBe(201)
  return answerSchema.parse(await response.json())
}

test("a text goes on, always the same way", async ({ client }) => {
  const before = await balanceOf(client)
  const { choices, meta } = await ask(client)
  expect(choices[0]?.text).toContain("lighthouse")
  expect(choices[0]?.finish_reason).toBe("stop")
  expect(before - (await balanceOf(client))).toBe(meta?.usage.credits_used)
  expect((await ask(client)).choices).toEqual(choices)
})

test("length, stops, echoes, several choices and probabilities", async ({ client }) => {
  const whole = (await ask(client)).choices[0]?.text ?? ""
  const cut = await ask(client, { max_tokens: 3 })
  expect(cut.choices[0]?.finish_reason).toBe("length")
  expect(cut.usage?.completion_tokens).toBe(3)
  expect(whole.startsWith(cut.choices[0]?.text ?? "?")).toBe(true)
  const stopped = await ask(client, { stop: ["."] })
  expect(stopped.choices[0]?.text).toBe(whole.slice(0, whole.indexOf(".")))
  expect((await ask(client, { echo: true })).choices[0]?.text).toBe(prompt + whole)
  const several = await ask(client, { n: 3 })
  expect(several.choices.map(({ index }) => index)).toEqual([0, 1, 2])
  expect(new Set(several.choices.map(({ text }) => text)).size).toBe(3)
  const probable = await ask(client, { logprobs: 1 })
  expect(probable.choices[0]?.logprobs?.tokens.join("")).toBe(whole)
})

test("a stream adds up to the same text and ends with usage and cost", async ({ client }) => {
  const whole = (await ask(client)).choices[0]?.text
  const response = await client.post("/completions", { model, prompt, stream: true })
  expect(response.headers.get("content-type")).toContain("text/event-stream")
  const lines = (await response.text()).trim().split("\n\n")
  expect(lines.at(-1)).toBe("data: [DONE]")
  const chunks = lines.slice(0, -1).map((line) => answerSchema.parse(JSON.parse(line.slice(6))))
  expect(chunks.map(({ choices }) => choices[0]?.text).join("")).toBe(whole)
  expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: "stop" }] })
  expect(chunks.at(-1)?.meta?.usage.credits_used).toBeGreaterThan(0)
  expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0)
})

test("rules apply, and what is wrong is refused", async ({ client }) => {
  await client.rule({ match: "breaks", name: "status", statusCode: 503 })
  const down = await client.post("/v1/completions", { model, prompt: "It breaks" })
  expect(down.status).toBe(503)
  const refused: [object, string][] = [
    [{ model }, "Required"],
    [{ model, prompt, max_tokens: 9_000 }, "less than or equal to 8000"],
    [{ model: "openai/gpt-4o", prompt }, "received 'openai/gpt-4o'"],
    [{ prompt }, "Required"],
  ]
  for (const [body, expected] of refused) {
    const response = await client.post("/v1/completions", body)
    expect(response.status).toBe(400)
    expect(z.object({ message: z.string() }).parse(await response.json()).message).toContain(
      expected,
    )
  }
  expect((await client.chat(model, "hello")).status).toBe(400)
})
