import { expect } from "@playwright/test"
import { z } from "zod"
import { valueFor } from "./answers/from-schema"
import { Catalogue, kindsOf } from "./catalogue"
import { schemaOf } from "./specs"
import { readWav } from "./speech/wav"
import { type Client, test } from "./testing"
import { balanceOf, get } from "./testing-protocols"

const address = "/v2/generate/audio"

const taskSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  audio_file: z
    .object({
      url: z.string(),
      content_type: z.literal("audio/wav"),
      file_name: z.string(),
      file_size: z.number(),
    })
    .optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  meta: z.object({ usage: z.object({ credits_used: z.number() }) }).optional(),
})

async function made(client: Client, body: object, path = address) {
  const response = await client.post(path, body)
  const text = await response.text()
  expect(response.ok, `${JSON.stringify(body)} ${text}`).toBe(true)
  const { id } = taskSchema.parse(JSON.parse(text))
  expect(response.headers.get("x-inference-id")).toBe(id)
  const looked = await get(client, `${path}?generation_id=${encodeURIComponent(id)}`)
  expect(looked.headers.get("x-inference-id")).toBe(id)
  return taskSchema.parse(await looked.json())
}

async function heard(url: string | undefined) {
  const bytes = Buffer.from(await (await fetch(url ?? "")).arrayBuffer())
  return { bytes, facts: readWav(bytes) }
}

const noWaiting = (client: Client) => client.rule({ match: "", name: "job" })

test("music is as long as it was asked to be, and costs once", async ({ client }) => {
  await noWaiting(client)
  const before = await balanceOf(client)
  const task = await made(client, {
    model: "stable-audio",
    prompt: "lo-fi piano",
    seconds_total: 3,
  })
  const { bytes, facts } = await heard(task.audio_file?.url)
  expect(bytes.length).toBe(task.audio_file?.file_size)
  expect(facts).toMatchObject({ durationSeconds: 3, isSilent: false })
  const charged = before - (await balanceOf(client))
  expect(charged).toBe(76_000)
  expect(task.meta?.usage.credits_used).toBe(charged)
  const eleven = { model: "elevenlabs/eleven_music", prompt: "a march" }
  const short = await made(client, eleven, "/v1/playground/audio/generations")
  expect((await heard(short.audio_file?.url)).facts?.durationSeconds).toBe(10)
  const long = await made(client, { ...eleven, music_length_ms: 300_000 })
  expect((await heard(long.audio_file?.url)).facts?.durationSeconds).toBe(60)
  const song = { model: "minimax/music-2.0", prompt: "a slow ballad" }
  const sung = await made(client, { ...song, lyrics: "la ".repeat(80) })
  expect((await heard(sung.audio_file?.url)).facts?.durationSeconds).toBe(20)
})

test("every model makes music, for something", async ({ client }) => {
  await noWaiting(client)
  const catalogue = new Catalogue()
  const models = catalogue.list().filter(({ type }) => kindsOf(type).includes("music"))
  expect(models.length).toBeGreaterThan(5)
  for (const model of models) {
    const operation = catalogue.operationFor("music", model)
    const value = valueFor(operation && schemaOf(operation), "a quiet evening by the sea")
    const task = await made(client, { ...z.looseObject({}).parse(value), model: model.id })
    expect((await heard(task.audio_file?.url)).facts?.isSilent, model.id).toBe(false)
    expect(task.meta?.usage.credits_used, model.id).toBeGreaterThan(0)
  }
})

test("music waits, fails for nothing, and is refused", async ({ client }) => {
  const body = { model: "google/lyria2", prompt: "first" }
  await client.rule({ match: "first", name: "job", queueMs: 60_000 })
  expect((await made(client, body)).audio_file).toBeUndefined()
  const before = await balanceOf(client)
  await client.rule({ match: "second", name: "job", error: { name: "Bad", message: "No." } })
  expect((await made(client, { ...body, prompt: "second" })).error?.message).toBe("No.")
  expect(await balanceOf(client)).toBe(before)
  const missing = await get(client, `${address}?generation_id=nothing`)
  expect(missing.status).toBe(404)
  expect(missing.headers.get("x-inference-id")).toBeNull()
  const wrong = await client.post(address, {
    model: "stable-audio",
    prompt: "a",
    seconds_total: 90,
  })
  expect(wrong.status).toBe(400)
  expect(await wrong.json()).toMatchObject({
    message: "Body validation error!\nNumber must be less than or equal to 47",
  })
})

const uploadedSchema = z.object({
  voice_id: z.string().optional(),
  instrumental_id: z.string().optional(),
  base_resp: z.object({ status_code: z.literal(0), status_msg: z.string() }),
})
const songSchema = z.object({
  data: z.object({ status: z.literal(2), audio: z.string().regex(/^[0-9a-f]+$/) }),
  extra_info: z.looseObject({ audio_size: z.number(), audio_length: z.number() }),
  trace_id: z.string(),
  meta: z.object({ usage: z.object({ credits_used: z.number() }) }),
})

test("a voice is taken from a recording, and a song comes at once", async ({ client }) => {
  await noWaiting(client)
  const send = async (purpose: string) => {
    const form = new FormData()
    form.set("file", new Blob(["RIFF"], { type: "audio/wav" }), "voice.wav")
    form.set("purpose", purpose)
    const headers = { authorization: "Bearer test-key" }
    return await fetch(`${client.url}${address}/minimax/upload`, {
      method: "POST",
      headers,
      body: form,
    })
  }
  const upload = async (purpose: string) => uploadedSchema.parse(await (await send(purpose)).json())
  expect((await upload("voice")).instrumental_id).toBeUndefined()
  expect((await upload("instrumental")).voice_id).toBeUndefined()
  expect((await send("noise")).status).toBe(400)
  const { voice_id, instrumental_id } = await upload("song")
  const before = await balanceOf(client)
  const sing = async (body: object) => await client.post(`${address}/minimax/generate`, body)
  for (const named of [{ model: "music-01" }, {}]) {
    const refer = { refer_voice: voice_id, refer_instrumental: instrumental_id }
    const response = await sing({ ...named, lyrics: "##Sing to the moon##", ...refer })
    const song = songSchema.parse(await response.json())
    const bytes = Buffer.from(song.data.audio, "hex")
    expect(bytes.length).toBe(song.extra_info.audio_size)
    expect((readWav(bytes)?.durationSeconds ?? 0) * 1000).toBe(song.extra_info.audio_length)
    expect(song.meta.usage.credits_used).toBeGreaterThan(0)
  }
  expect(await balanceOf(client)).toBeLessThan(before)
  expect((await sing({ model: "music-01" })).status).toBe(400)
})
