import { expect } from "@playwright/test"
import { z } from "zod"
import { test, textOfChunks } from "./testing"

const gpt = "openai/gpt-4o"
const omni = "alibaba/qwen3.5-omni-plus"
const say = "repeat exactly: one two three"
const audio = { voice: "alloy", format: "wav" }

const choicesSchema = z.looseObject({
  choices: z.array(
    z.looseObject({
      index: z.number(),
      message: z.looseObject({ content: z.string().nullable() }),
      finish_reason: z.string(),
      logprobs: z
        .object({
          content: z.array(
            z.object({
              token: z.string(),
              logprob: z.number(),
              bytes: z.array(z.number()),
              top_logprobs: z.array(z.object({ token: z.string(), logprob: z.number() })),
            }),
          ),
        })
        .nullish(),
    }),
  ),
  usage: z.looseObject({ completion_tokens: z.number() }),
})

const wholeOf = async (response: Response) => choicesSchema.parse(await response.json())

test("several choices, paid for one by one", async ({ client }) => {
  const { choices, usage } = await wholeOf(await client.chat(gpt, say, { n: 3 }))
  expect(choices.map(({ index }) => index)).toEqual([0, 1, 2])
  expect(choices.every(({ message }) => message.content === "one two three")).toBe(true)
  const single = await wholeOf(await client.chat(gpt, say))
  expect(usage.completion_tokens).toBe(3 * single.usage.completion_tokens)
  expect((await client.chat(gpt, say, { n: 0 })).status).toBe(400)
  expect((await client.chat(gpt, say, { n: 1000 })).status).toBe(400)
})

test("a stream of choices keeps them apart and ends each", async ({ client }) => {
  const chunks = await client.stream(gpt, "Tell me something", { n: 2 })
  const ofChoice = (index: number) =>
    chunks.filter((chunk) => chunk.choices?.some((choice) => choice.index === index))
  const whole = await wholeOf(await client.chat(gpt, "Tell me something", { n: 2 }))
  for (const { index, message } of whole.choices) {
    expect(textOfChunks(ofChoice(index))).toBe(message.content)
    expect(ofChoice(index).at(-1)?.choices?.[0]?.finish_reason).toBe("stop")
  }
  expect(chunks.filter((chunk) => chunk.usage)).toHaveLength(1)
  expect(chunks.at(-1)).toMatchObject({ choices: [], meta: { usage: {} } })
})

test("probabilities are told for every token, when asked for", async ({ client }) => {
  const asked = { logprobs: true, top_logprobs: 2 }
  const { choices } = await wholeOf(await client.chat(gpt, say, asked))
  const content = choices[0]?.logprobs?.content ?? []
  expect(content.map(({ token }) => token).join("")).toBe("one two three")
  for (const { logprob, top_logprobs, token, bytes } of content) {
    expect(logprob).toBeLessThanOrEqual(0)
    expect(Buffer.from(bytes).toString()).toBe(token)
    expect(top_logprobs[0]).toMatchObject({ token, logprob })
    expect(top_logprobs).toHaveLength(2)
  }
  const chunks = await client.stream(gpt, say, asked)
  const streamed = chunks.flatMap((chunk) => {
    const parsed = choicesSchema.shape.choices.element
      .pick({ logprobs: true })
      .safeParse(chunk.choices?.[0])
    return parsed.data?.logprobs?.content.map(({ token }) => token) ?? []
  })
  expect(streamed.join("")).toBe("one two three")
  const unasked = await wholeOf(await client.chat(gpt, say))
  expect(unasked.choices[0]?.logprobs).toBeNull()
})

const audioSchema = z.looseObject({
  id: z.string(),
  data: z.string().optional(),
  transcript: z.string().optional(),
})

test("an answer can be heard", async ({ client }) => {
  const response = await client.chat(omni, say, { modalities: ["text", "audio"], audio })
  const { choices } = await wholeOf(response)
  expect(choices[0]?.message.content).toBeNull()
  const spoken = audioSchema.parse(choices[0]?.message.audio)
  expect(spoken.transcript).toBe("one two three")
  const wave = Buffer.from(spoken.data ?? "", "base64")
  expect(wave.subarray(0, 4).toString()).toBe("RIFF")
  expect(wave.readUInt32LE(4)).toBe(wave.length - 8)
  expect(wave.length).toBeGreaterThan(10_000)
  const mute = await wholeOf(await client.chat(gpt, say, { modalities: ["text", "audio"] }))
  expect(mute.choices[0]?.message.content).toBe("one two three")
})

test("in a stream it comes as bare samples beside its words", async ({ client }) => {
  const asked = { modalities: ["text", "audio"], audio: { ...audio, format: "pcm16" } }
  const chunks = await client.stream(omni, say, asked)
  const parts = chunks.flatMap((chunk) => {
    const part = audioSchema.safeParse(chunk.choices?.[0]?.delta?.audio)
    return part.success ? [part.data] : []
  })
  expect(parts.map(({ transcript = "" }) => transcript).join("")).toBe("one two three")
  const samples = Buffer.from(parts.map(({ data = "" }) => data).join(""), "base64")
  expect(samples.length).toBeGreaterThan(10_000)
  expect(samples.length % 2).toBe(0)
  expect(textOfChunks(chunks)).toBe("")
  const refused = await client.chat(omni, say, { ...asked, audio, stream: true })
  expect(refused.status).toBe(400)
  expect((await refused.json()).message).toContain("pcm16")
})
