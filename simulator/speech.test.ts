import { expect } from "@playwright/test"
import { z } from "zod"
import { readWav } from "./speech/wav"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const text = "Hello, this is the simulator. Can you hear me?"

async function sound(client: Client, body: object): Promise<Buffer> {
  const response = await client.post("/v1/tts", { model: "#g1_aura-zeus-en", text, ...body })
  expect(response.headers.get("content-type")).toBe("audio/wav")
  return Buffer.from(await response.arrayBuffer())
}

test("some models answer with the sound itself, in pieces and without the cost", async ({
  client,
}) => {
  for (const model of ["#g1_aura-zeus-en", "deepgram/aura-2", "elevenlabs/eleven_turbo_v2_5"]) {
    const before = await balanceOf(client)
    const response = await client.post("/tts", { model, text })
    expect(response.ok).toBe(true)
    expect(response.headers.get("content-type")).toBe("audio/wav")
    expect(response.headers.get("content-length")).toBeNull()
    expect(response.headers.get("x-aimlapi-credits-used")).toBeNull()
    const facts = readWav(Buffer.from(await response.arrayBuffer()))
    expect(facts).toMatchObject({ channels: 1, isSilent: false, spokenText: text })
    expect(await balanceOf(client)).toBeLessThan(before)
  }
})

test("others answer with where the sound is, as an object or as a bare address", async ({
  client,
}) => {
  const answerSchema = z.object({
    audio: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]),
    meta: z.object({ usage: z.object({ credits_used: z.number() }) }),
  })
  const shapes = new Set<string>()
  for (const model of ["openai/tts-1", "openai/tts-1-hd", "inworld/tts-1", "hume/octave-2"]) {
    const before = await balanceOf(client)
    const response = await client.post("/v1/tts", { model, text })
    const body: unknown = await response.json()
    const { audio, meta } = answerSchema.parse(body)
    shapes.add(typeof z.object({ audio: z.unknown() }).parse(body).audio)
    const media = await fetch(audio)
    expect(readWav(Buffer.from(await media.arrayBuffer()))?.spokenText).toBe(text)
    expect(before - (await balanceOf(client))).toBe(meta.usage.credits_used)
    expect(response.headers.get("x-aimlapi-credits-used")).toBe(String(meta.usage.credits_used))
  }
  expect(shapes).toEqual(new Set(["object", "string"]))
  const counted = await client.post("/v1/tts", { model: "hume/octave-2", text })
  expect(await counted.json()).toMatchObject({ usage: { characters: text.length } })
})

test("how long it speaks follows the text and the speed, and the voice is heard", async ({
  client,
}) => {
  const lengthOf = (bytes: Buffer) => readWav(bytes)?.durationSeconds ?? 0
  const plain = await sound(client, {})
  expect(await sound(client, {})).toEqual(plain)
  const longer = await sound(client, { text: `${text} ${text}` })
  expect(lengthOf(longer)).toBeGreaterThan(lengthOf(plain) * 1.8)
  const other = await sound(client, { model: "#g1_aura-hera-en" })
  expect(other.length).toBe(plain.length)
  expect(other.equals(plain)).toBe(false)
  const eleven = { model: "elevenlabs/v3_alpha", output_format: "pcm_22050" }
  const fast = await sound(client, { ...eleven, voice_settings: { speed: 1.2 } })
  expect(readWav(fast)?.sampleRate).toBe(22_050)
  expect(lengthOf(fast)).toBeCloseTo(lengthOf(plain) / 1.2, 1)
})

test("a script is spoken without the names of its speakers", async ({ client }) => {
  const script = "Speaker 1: Good morning.\nSpeaker 2: Good evening."
  const response = await client.post("/v1/tts", { model: "microsoft/vibevoice-1.5b", script })
  const { audio } = z
    .object({ audio: z.union([z.string(), z.object({ url: z.string() })]) })
    .parse(await response.json())
  const media = await fetch(typeof audio === "string" ? audio : audio.url)
  const spoken = readWav(Buffer.from(await media.arrayBuffer()))?.spokenText
  expect(spoken).toBe("Good morning.\nGood evening.")
})

test("what the model's own schema refuses is refused", async ({ client }) => {
  const message = async (body: object) => {
    const response = await client.post("/v1/tts", body)
    expect(response.status).toBe(400)
    return z.object({ message: z.string() }).parse(await response.json()).message
  }
  expect(await message({ model: "openai/tts-1" })).toContain("Required")
  expect(await message({ model: "openai/tts-1", text, voice: "nobody" })).toContain("'alloy'")
  expect(await message({ model: "openai/gpt-4o", text })).toContain("openai/gpt-4o")
  expect(await message({ model: "#g1_aura-zeus-en", text: " " })).toContain("Required")
})

test("a voice can break off", async ({ client }) => {
  await client.rule({ match: "breaks off", name: "reset", afterChunks: 1 })
  const long = `It breaks off. ${text}`
  const response = await client.post("/v1/tts", { model: "#g1_aura-zeus-en", text: long })
  await expect(response.arrayBuffer()).rejects.toThrow()
})
