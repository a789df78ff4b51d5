import { expect } from "@playwright/test"
import { z } from "zod"
import { writeWav } from "./speech/wav"
import { type Client, test } from "./testing"
import { balanceOf, get } from "./testing-protocols"

const text = "Der Mond ist aufgegangen. The stars, all golden, shine! 你好。"

const wordSchema = z.looseObject({ start: z.number(), end: z.number() })
const deepgramSchema = z.object({
  metadata: z.looseObject({ duration: z.number(), channels: z.number() }),
  results: z.looseObject({
    channels: z.array(
      z.looseObject({
        alternatives: z.array(
          z.looseObject({
            transcript: z.string(),
            words: z.array(wordSchema),
            paragraphs: z.unknown().optional(),
          }),
        ),
      }),
    ),
  }),
})
const stateSchema = z.looseObject({
  status: z.string(),
  result: z.unknown().optional(),
  output: z.unknown().optional(),
})

async function spoken(client: Client): Promise<Buffer> {
  const response = await client.post("/v1/tts", { model: "#g1_aura-luna-en", text })
  return Buffer.from(await response.arrayBuffer())
}

function form(client: Client, path: string, members: Record<string, string | Buffer>) {
  const body = new FormData()
  for (const [name, value] of Object.entries(members)) {
    if (typeof value === "string") body.set(name, value)
    else body.set(name, new Blob([new Uint8Array(value)], { type: "audio/wav" }), "memo.wav")
  }
  const headers = { authorization: "Bearer test-key" }
  return fetch(client.url + path, { method: "POST", headers, body })
}

async function poll(client: Client, id: string) {
  const response = await get(client, `/v1/stt/${id}`)
  return { response, state: stateSchema.parse(await response.json()) }
}

async function create(client: Client, members: Record<string, string | Buffer>) {
  const response = await form(client, "/v1/stt/create", members)
  const created = z.looseObject({ generation_id: z.string() }).parse(await response.json())
  expect(response.headers.get("x-inference-id")).toBe(created.generation_id)
  return created
}

/** Everything goes at once unless a rule says otherwise. */
const noWaiting = (client: Client) => client.rule({ match: "", name: "job" })

test("what was spoken here is heard word for word, by every family", async ({ client }) => {
  await noWaiting(client)
  const audio = await spoken(client)
  const families: [string, string][] = [
    ["#g1_nova-2-general", "audio"],
    ["nova-3", "audio"],
    ["#g1_whisper-tiny", "audio"],
    ["aai/universal", "audio"],
    ["aai/slam-1", "audio"],
    ["openai/gpt-4o-mini-transcribe", "file"],
    ["openai/gpt-4o-transcribe", "file"],
    ["microsoft/mai-transcribe-1.5", "audio"],
  ]
  for (const [model, member] of families) {
    const created = await create(client, { model, [member]: audio })
    expect("status" in created).toBe(/gpt-4o|mai/.test(model))
    const { response, state } = await poll(client, created.generation_id)
    expect(response.headers.get("x-inference-id")).toBe(created.generation_id)
    expect(state.status).toBe("completed")
    const result = state.result ?? state.output
    const deepgram = deepgramSchema.safeParse(result)
    const heard = deepgram.success
      ? deepgram.data.results.channels[0]?.alternatives[0]?.transcript
      : z.looseObject({ text: z.string() }).parse(result).text
    expect(heard, model).toBe(text)
    expect(deepgram.success).toBe(/nova|whisper/.test(model))
  }
})

test("an address of this simulator is opened, and extras come when asked for", async ({
  client,
}) => {
  await noWaiting(client)
  const speech = await client.post("/v1/tts", { model: "openai/tts-1", text })
  const { audio } = z.object({ audio: z.object({ url: z.string() }) }).parse(await speech.json())
  const ask = async (more: object) => {
    const body = { model: "#g1_nova-2-general", url: audio.url, ...more }
    return deepgramSchema.parse(await (await client.post("/v1/stt", body)).json())
  }
  const { metadata, results } = await ask({ diarize: true, paragraphs: true, utterances: true })
  const words = results.channels[0]?.alternatives[0]?.words ?? []
  expect(words[0]).toMatchObject({ word: "der", punctuated_word: "Der", speaker: 0 })
  for (const [index, word] of words.entries()) {
    expect(word.start).toBeGreaterThanOrEqual(words[index - 1]?.end ?? 0)
    expect(word.end).toBeLessThanOrEqual(metadata.duration)
  }
  expect(results.channels[0]?.alternatives[0]?.paragraphs).toMatchObject({
    paragraphs: [{ sentences: [{ text: "Der Mond ist aufgegangen." }, {}, {}] }],
  })
  expect(results.utterances).toMatchObject([{ transcript: text }])
  const plain = await ask({})
  expect(plain.results.utterances).toBeUndefined()
  expect(plain.results.channels[0]?.alternatives[0]?.paragraphs).toBeUndefined()
})

test("speakers and chapters in the other dialect, times in milliseconds", async ({ client }) => {
  const response = await form(client, "/stt", {
    model: "aai/universal",
    audio: await spoken(client),
    speaker_labels: "true",
    auto_chapters: "true",
  })
  expect(await response.json()).toMatchObject({
    status: "completed",
    text,
    words: [{ text: "Der", start: 120, speaker: "A" }, ...Array(10).fill({ speaker: "A" })],
    utterances: [{ speaker: "A", text }],
    chapters: [{ headline: "Der Mond ist aufgegangen." }],
    meta: { usage: {} },
  })
})

test("other recordings are described, not invented", async ({ client }) => {
  const silence = writeWav(new Int16Array(16_000), 8_000, "").subarray(0, 44 + 32_000)
  const ask = async (members: Record<string, string | Buffer>) => {
    const response = await form(client, "/v1/stt", {
      model: "openai/gpt-4o-transcribe",
      ...members,
    })
    return z.looseObject({ text: z.string() }).parse(await response.json()).text
  }
  const heard = await ask({ file: silence })
  for (const fact of ["memo.wav", "2.0 seconds", "8,000 hertz", "silent throughout"]) {
    expect(heard).toContain(fact)
  }
  // One frame's head of MPEG 1 layer III, 128 kbit/s, 44.1 kHz, and a second's worth of bytes.
  const mp3 = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0xc0]), Buffer.alloc(15_996)])
  const compressed = await ask({ file: mp3 })
  for (const fact of ["MP3", "1.0 seconds", "44,100 hertz", "one channel"]) {
    expect(compressed).toContain(fact)
  }
  expect(await ask({ url: "https://example.com/talks/keynote.mp3" })).toContain("keynote.mp3")
})

test("a transcript waits, works and is charged once by the second", async ({ client }) => {
  await client.rule({ match: "endless", name: "job", isEndless: true })
  await client.rule({ match: "queued", name: "job", queueMs: 60_000, generatingMs: 0 })
  await client.rule({ match: "fails", name: "job", error: { name: "Bad", message: "No." } })
  await client.rule({ match: "works", name: "job" })
  const words = new Set<string>()
  const models = ["nova-3", "aai/universal", "openai/gpt-4o-mini-transcribe"]
  const after = async (model: string, name: string) => {
    const { generation_id } = await create(client, {
      model,
      url: `https://example.com/${name}.mp3`,
    })
    return { id: generation_id, ...(await poll(client, generation_id)) }
  }
  for (const model of models) {
    words.add((await after(model, "queued")).state.status)
    words.add((await after(model, "endless")).state.status)
  }
  expect(words).toEqual(new Set(["queued", "waiting", "generating", "active"]))
  const failed = await after("nova-3", "fails")
  expect(failed.state).toMatchObject({ status: "error", error: { name: "Bad", message: "No." } })
  const before = await balanceOf(client)
  const done = await after("nova-3", "works")
  expect(done.state.status).toBe("completed")
  const charged = before - (await balanceOf(client))
  expect(charged).toBeGreaterThan(0)
  expect(done.response.headers.get("x-aimlapi-credits-used")).toBe(String(charged))
  await poll(client, done.id)
  expect(before - (await balanceOf(client))).toBe(charged)
})

test("a transcript is gone after an hour, and strange ids were never there", async ({ client }) => {
  await noWaiting(client)
  const { generation_id } = await create(client, { model: "nova-3", url: "https://example.com/a" })
  const missing = await get(client, "/stt/00000000-0000-4000-8000-000000000000")
  expect(missing.status).toBe(404)
  expect(missing.headers.get("x-inference-id")).toBeNull()
  const now = Date.now
  try {
    Date.now = () => now() + 3_600_001
    expect((await get(client, `/v1/stt/${generation_id}`)).status).toBe(404)
  } finally {
    Date.now = now
  }
})

test("a request without a recording is refused", async ({ client }) => {
  const response = await client.post("/v1/stt/create", { model: "nova-3" })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ message: "Body validation error!\nRequired" })
  const wrong = await client.post("/v1/stt/create", {
    model: "openai/gpt-4o-transcribe",
    url: "https://example.com/a.mp3",
    temperature: 7,
  })
  expect(wrong.status).toBe(400)
})
