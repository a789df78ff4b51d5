import { expect } from "@playwright/test"
import { z } from "zod"
import { embed } from "./embed"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const small = "text-embedding-3-small"
const answerSchema = z.object({
  object: z.string(),
  data: z.array(
    z.object({
      object: z.literal("embedding"),
      index: z.number(),
      embedding: z.union([z.string(), z.array(z.number())]),
    }),
  ),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.number().optional(), total_tokens: z.number() }),
  meta: z.object({ usage: z.object({ credits_used: z.number() }) }),
})

async function ask(client: Client, body: object) {
  const response = await client.post("/v1/embeddings", { model: small, ...body })
  expect(response.ok).toBe(true)
  return answerSchema.parse(await response.json())
}

const nearness = (left: string, right: string) => {
  const [first, second] = [embed(left, 1536), embed(right, 1536)]
  return first.reduce((sum, value, index) => sum + value * (second[index] ?? 0), 0)
}

test("texts that share words or stems are nearer than strangers", () => {
  const cat = "The cat sleeps on the sofa"
  expect(nearness(cat, cat)).toBeCloseTo(1, 5)
  expect(nearness(cat, "Cats were sleeping")).toBeGreaterThan(0.5)
  expect(nearness(cat, "A kitten is sleeping on a couch")).toBeGreaterThan(0.2)
  expect(Math.abs(nearness(cat, "Quarterly revenue grew by ten percent"))).toBeLessThan(0.1)
  expect(nearness("我喜欢机器学习", "机器学习很有趣")).toBeGreaterThan(0.4)
  // Sharing only the words that every text has is no likeness.
  expect(nearness("What is the tax on it?", "This is the way to do it")).toBeLessThan(0.2)
  const question = "How do I reset my password?"
  const pages = ["Password reset: step by step", "Opening hours of the pool", "How do I cook rice?"]
  const best = pages.toSorted((a, b) => nearness(question, b) - nearness(question, a))[0]
  expect(best).toBe(pages[0])
})

test("a text or a list, as numbers or as bytes, as long as asked", async ({ client }) => {
  const one = await ask(client, { input: "hello world" })
  expect(one.data).toHaveLength(1)
  expect(one.data[0]?.embedding).toHaveLength(1536)
  const two = await ask(client, { input: ["hello world", "something else"], dimensions: 256 })
  expect(two.data.map(({ index, embedding }) => [index, embedding.length])).toEqual([
    [0, 256],
    [1, 256],
  ])
  const packed = await ask(client, { input: "hello world", encoding_format: "base64" })
  const bytes = Buffer.from(z.string().parse(packed.data[0]?.embedding), "base64")
  const unpacked = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4))
  expect(unpacked).toEqual(one.data[0]?.embedding)
  const length = async (model: string) =>
    (await ask(client, { model, input: "x" })).data[0]?.embedding.length
  expect(await length("text-embedding-3-large")).toBe(3072)
  expect(await length("voyage-2")).toBe(1024)
  expect(await length("alibaba/qwen-text-embedding-v3")).toBe(1024)
  expect(await length("text-multilingual-embedding-002")).toBe(768)
})

test("the list is called by two names, and some usages say less", async ({ client }) => {
  const models = [small, "text-embedding-3-large", "voyage-2", "voyage-law-2", "voyage-large-2"]
  models.push("text-embedding-ada-002", "alibaba/qwen-text-embedding-v4", "voyage-finance-2")
  const answers = await Promise.all(models.map((model) => ask(client, { model, input: "hello" })))
  expect(new Set(answers.map(({ object }) => object))).toEqual(new Set(["list", "object"]))
  const told = answers.map(({ usage }) => usage.prompt_tokens !== undefined)
  expect(new Set(told)).toEqual(new Set([true, false]))
})

test("it costs by the token", async ({ client }) => {
  const before = await balanceOf(client)
  const { usage, meta } = await ask(client, { input: "word ".repeat(4_000) })
  expect(usage.total_tokens).toBe(5_000)
  expect(before - (await balanceOf(client))).toBe(meta.usage.credits_used)
  expect(meta.usage.credits_used).toBeGreaterThan(100)
})

test("what the schema or the model cannot take is refused", async ({ client }) => {
  const refused: [object, string][] = [
    [{ model: small }, "Required"],
    [{ model: small, input: "" }, "Invalid input"],
    [{ model: "voyage-2", input: ["x".repeat(801)] }, "Invalid input"],
    [{ model: "voyage-law-2" }, "Required"],
    [{ model: "alibaba/qwen-text-embedding-v4", input: "x", dimensions: 32 }, "equal to 64"],
    [{ model: small, input: "x", dimensions: 4_000 }, "less than or equal to 1536"],
    [{ model: small, input: "x", dimensions: 1.5 }, "Expected integer"],
    [{ model: small, input: "word ".repeat(20_000) }, "maximum context length"],
    [{ model: "textembedding-gecko@003", input: "x" }, "deprecated"],
  ]
  for (const [body, expected] of refused) {
    const response = await client.post("/embeddings", body)
    expect([400, 404]).toContain(response.status)
    const { message } = z.object({ message: z.string() }).parse(await response.json())
    expect(message).toContain(expected)
  }
})
