import { expect } from "@playwright/test"
import { z } from "zod"
import { valueFor } from "./answers/from-schema"
import { Catalogue, kindsOf } from "./catalogue"
import { encodePng } from "./media/png"
import { createRaster } from "./media/raster"
import { schemaOf } from "./specs"
import { type Client, test } from "./testing"
import { balanceOf, get } from "./testing-protocols"

const unified = "/v2/video/generations"

const fileSchema = z.looseObject({
  url: z.string(),
  content_type: z.literal("video/mp4"),
  file_size: z.number(),
  duration: z.number().optional(),
})
const taskSchema = z.looseObject({
  status: z.string().optional(),
  video: z
    .union([
      fileSchema,
      z.tuple([fileSchema]).transform(([file]) => file),
      z.tuple([z.string()]).transform(([url]) => ({ url, file_size: undefined })),
    ])
    .optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  meta: z.object({ usage: z.object({ credits_used: z.number() }) }).optional(),
})

/** Submits a film and tells the id of its task. */
async function submit(client: Client, body: object, path = unified) {
  const response = await client.post(path, body)
  const text = await response.text()
  expect(response.ok, `${JSON.stringify(body)} ${text}`).toBe(true)
  const task = z
    .looseObject({ id: z.string().optional(), generation_id: z.string().optional() })
    .parse(JSON.parse(text))
  const id = task.id ?? task.generation_id ?? ""
  expect(response.headers.get("x-inference-id")).toBe(id)
  return { id, task }
}

async function look(client: Client, id: string, path = unified) {
  const response = await get(client, `${path}?generation_id=${encodeURIComponent(id)}`)
  return { response, task: taskSchema.parse(await response.json()) }
}

async function made(client: Client, body: object, path = unified) {
  const { id } = await submit(client, body, path)
  return { id, ...(await look(client, id, path)) }
}

async function bytesAt(url: string | undefined): Promise<Buffer> {
  const response = await fetch(url ?? "")
  expect(response.ok, url).toBe(true)
  return Buffer.from(await response.arrayBuffer())
}

/** What the head of a film says about it. */
function readMp4(bytes: Buffer) {
  expect(bytes.toString("latin1", 4, 8)).toBe("ftyp")
  expect(bytes.includes("moov")).toBe(true)
  const header = bytes.indexOf("mvhd")
  const entry = bytes.indexOf("avc1", bytes.indexOf("stsd"))
  return {
    seconds: bytes.readUInt32BE(header + 20) / bytes.readUInt32BE(header + 16),
    width: bytes.readUInt16BE(entry + 28),
    height: bytes.readUInt16BE(entry + 30),
  }
}

const noWaiting = (client: Client) => client.rule({ match: "", name: "job" })

const dataPng = (width: number, height: number) => {
  const picture = createRaster(width, height)
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([250, 20, 20], at)
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString("base64")}`
}

test("a film waits, is made and is charged once by the second", async ({ client }) => {
  const body = { model: "klingai/v2.1-master-text-to-video", prompt: "Waves", duration: 10 }
  await client.rule({ match: "Waves", name: "job", queueMs: 300, generatingMs: 300 })
  const before = await balanceOf(client)
  const { id, task } = await submit(client, { ...body, aspect_ratio: "9:16" })
  const words = new Set([String(task.status)])
  const deadline = Date.now() + 10_000
  let seen = await look(client, id)
  while (!seen.task.video && Date.now() < deadline) {
    expect(await balanceOf(client)).toBe(before)
    expect(seen.response.headers.get("x-aimlapi-credits-used")).toBeNull()
    words.add(String(seen.task.status))
    await new Promise((resolve) => setTimeout(resolve, 40))
    seen = await look(client, id)
  }
  words.add(String(seen.task.status))
  expect(words.size).toBe(3)
  expect(seen.response.headers.get("x-inference-id")).toBe(id)
  const charged = before - (await balanceOf(client))
  const found = new Catalogue().find(body.model)?.pricing.units?.[0]?.price
  expect(charged).toBe(Math.round((found ?? 0) * 10 * 2_000_000))
  expect(seen.task.meta?.usage.credits_used).toBe(charged)
  expect(seen.response.headers.get("x-aimlapi-credits-used")).toBe(String(charged))
  await look(client, id)
  expect(before - (await balanceOf(client))).toBe(charged)
  const film = await bytesAt(seen.task.video?.url)
  expect(film.length).toBe(seen.task.video?.file_size)
  expect(readMp4(film)).toEqual({ seconds: 10, width: 180, height: 320 })
})

test("the books name the task and the client's request", async ({ client }) => {
  await noWaiting(client)
  const headers = { "x-client-request-id": "turn-7" }
  const body = { model: "openai/sora-2-t2v", prompt: "A lighthouse" }
  const response = await client.post(unified, body, { headers })
  const { id } = z.object({ id: z.string() }).parse(await response.json())
  await look(client, id)
  const logs = await get(client, "/v2/logs?period=1d")
  const text = JSON.stringify(await logs.json())
  expect(text).toContain(JSON.stringify(id).slice(1, -1))
  expect(text).toContain("turn-7")
})

test("every model answers with words, ids and shapes of its own", { tag: "@whole" }, async ({
  client,
}) => {
  test.setTimeout(120_000)
  await noWaiting(client)
  const catalogue = new Catalogue()
  const models = catalogue.list().filter(({ type }) => kindsOf(type).includes("video"))
  expect(models.length).toBeGreaterThan(100)
  const kinds = new Set<string>()
  const address = "https://example.com/boat.png"
  for (const model of models) {
    const operation = catalogue.operationFor("video", model)
    const value = valueFor(operation && schemaOf(operation), address)
    const members = Object.entries(z.looseObject({}).parse(value))
    // A schema that names a file without saying what one is leaves the member empty.
    const given = Object.fromEntries(members.map(([name, entry]) => [name, entry ?? address]))
    const body = { ...given, model: model.id }
    const { id, task, response } = await made(client, body)
    const { url } = task.video ?? {}
    expect(url, `${model.id} ${task.status}`).toBeDefined()
    const head = await fetch(url ?? "", { headers: { range: "bytes=0-11" } })
    expect(Buffer.from(await head.arrayBuffer()).toString("latin1", 4, 8)).toBe("ftyp")
    expect(Number(response.headers.get("x-aimlapi-credits-used")), model.id).toBeGreaterThan(0)
    kinds.add(
      /^\d+$/.test(id)
        ? "digits"
        : id.includes(":")
          ? "named"
          : id.length === 21
            ? "nanoid"
            : "uuid",
    )
    kinds.add(String(task.status))
    kinds.add(task.video && "duration" in task.video ? "with length" : "without length")
  }
  expect([...kinds].toSorted()).toEqual([
    "completed",
    "digits",
    "named",
    "nanoid",
    "succeeded",
    "uuid",
    "with length",
    "without length",
  ])
})

test("a picture comes to life", async ({ client }) => {
  await noWaiting(client)
  const model = "kling-video/v1/standard/image-to-video"
  const { task } = await made(client, { model, image_url: dataPng(100, 200), duration: 5 })
  const film = await bytesAt(task.video?.url)
  expect(readMp4(film)).toMatchObject({ seconds: 5, height: 320 })
  // The first block of the first frame is raw, so its brightness is that of the red.
  const brightness = film.subarray(film.indexOf("mdat") + 20).subarray(0, 200)
  expect([...new Set(brightness)]).toEqual([92])
  const named = { type: "image", url: dataPng(90, 90) }
  const keyframes = { frame0: named }
  const luma = await made(client, { model: "luma/ray-flash-2", prompt: "A", keyframes })
  expect(readMp4(await bytesAt(luma.task.video?.url))).toMatchObject({ width: 320, height: 320 })
})

test("what fails costs nothing and says so in its own words", async ({ client }) => {
  await client.rule({ match: "", name: "job", error: { name: "Blocked", message: "No." } })
  const before = await balanceOf(client)
  const words = new Set<string>()
  const models = "luma/ray-2 openai/sora-2-t2v minimax/h3 veo2 video-01 openai/sora-2-pro-t2v"
  for (const model of models.split(" ")) {
    const { task, response } = await made(client, { model, prompt: "A cat" })
    expect(response.status).toBe(200)
    expect(task.error).toEqual({ name: "Blocked", message: "No." })
    expect(task.video).toBeUndefined()
    words.add(String(task.status))
  }
  for (const word of words) expect(["error", "failed"]).toContain(word)
  expect(await balanceOf(client)).toBe(before)
})

test("strange ids and wrong bodies are refused in the vendor's words", async ({ client }) => {
  const { response } = await look(client, "no-such-task")
  expect(response.status).toBe(404)
  expect(response.headers.get("x-inference-id")).toBeNull()
  const without = await get(client, unified)
  expect(without.status).toBe(400)
  expect(await without.json()).toMatchObject({ message: "Query validation error!\nRequired" })
  const wrong = await client.post(unified, { model: "openai/sora-2-t2v", prompt: "A", duration: 5 })
  expect(wrong.status).toBe(400)
  expect(await wrong.json()).toMatchObject({
    message: "Body validation error!\nInvalid enum value. Expected '4' | '8' | '12', received '5'",
  })
  await client.rule({ match: "busy", name: "status", statusCode: 429 })
  const busy = await client.post(unified, { model: "openai/sora-2-t2v", prompt: "busy" })
  expect(busy.status).toBe(429)
})

test("older addresses still answer", async ({ client }) => {
  await noWaiting(client)
  const older = (maker: string) => `/v2/generate/video/${maker}/generation`
  const body = { model: "video-01", prompt: "A street" }
  const { task } = await submit(client, body, older("minimax"))
  expect(task.id).toBeUndefined()
  expect((await made(client, body, older("minimax"))).task.video?.url).toMatch(/\.mp4$/)
  const turbo = { model: "gen3a_turbo", image_url: dataPng(80, 80) }
  const response = await made(client, turbo, older("runway"))
  expect(response.task.video?.url).toMatch(/\.mp4$/)
  for (const maker of ["kling", "google", "alibaba", "bytedance", "pixverse"]) {
    expect(
      (await made(client, { model: "veo2", prompt: "Fog" }, older(maker))).task.video,
    ).toBeDefined()
  }
  const twin = "/v2/playground/videos/generations"
  expect((await made(client, { model: "veo2", prompt: "Fog" }, twin)).task.video).toBeDefined()
})

const lumaSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  assets: z.object({ video: z.string() }).nullish(),
  video: z.object({ url: z.string() }).nullish(),
  failure_reason: z.string().nullish(),
})

test("the maker's second interface waits for a state", async ({ client }) => {
  const address = "/v2/generate/video/luma-ai/generation"
  await client.rule({ match: "", name: "job", queueMs: 200, generatingMs: 200 })
  const body = { prompt: "A tide", aspect_ratio: "1:1", duration: "9s" }
  const response = await client.post(address, body)
  const { id, state } = lumaSchema.parse(await response.json())
  expect(state).toBe("queued")
  const at = async (query: string) =>
    lumaSchema.parse(await (await get(client, `${address}?generation_id=${id}${query}`)).json())
  expect((await at("&state=dreaming")).state).toBe("dreaming")
  expect((await get(client, `${address}?generation_id=${id}&state=failed`)).status).toBe(400)
  const done = await at("&state=completed")
  expect(readMp4(await bytesAt(done.assets?.video))).toEqual({
    seconds: 9,
    width: 320,
    height: 320,
  })
  const many = await get(client, `${address}s?generation_ids[]=${id}&generation_ids[]=nothing`)
  expect(await many.json()).toMatchObject([{ id, state: "completed" }])
  const motions = await get(client, "/v2/generate/video/luma-ai/camera-motions")
  expect(await motions.json()).toContain("camera zoom in")
  const named = await client.post(address, { model: "luma/ray-flash-2", prompt: "A", duration: 7 })
  expect(named.status).toBe(400)
  expect((await client.post(address, { prompt: "A" })).status).toBe(400)
})

test("the maker's first interface makes a film longer once it is done", async ({ client }) => {
  await client.rule({ match: "slowly", name: "job", isEndless: true })
  await client.rule({ match: "quickly", name: "job" })
  await client.rule({ match: "never", name: "job", error: { name: "Bad", message: "No." } })
  const before = await balanceOf(client)
  const post = async (prompt: string, path = "/luma-ai/generations") =>
    await client.post(path, { user_prompt: prompt, aspect_ratio: "16:9" })
  const start = async (prompt: string, path?: string) =>
    lumaSchema.parse(await (await post(prompt, path)).json()).id
  const find = async (id: string) =>
    z.array(lumaSchema).parse(await (await get(client, `/v1/luma-ai/generation?ids=${id}`)).json())
  const slow = await start("slowly")
  expect(await find(slow)).toMatchObject([{ state: "dreaming", video: null }])
  expect((await post("quickly", `/luma-ai/generations/${slow}/extend`)).status).toBe(400)
  expect((await post("quickly", "/luma-ai/generations/nothing/extend")).status).toBe(404)
  expect(await find(await start("never"))).toMatchObject([
    { state: "failed", failure_reason: "No." },
  ])
  expect(await balanceOf(client)).toBe(before)
  const first = await start("quickly")
  const [film] = await find(first)
  expect(readMp4(await bytesAt(film?.video?.url)).seconds).toBe(5)
  const longer = await start("quickly", `/v1/luma-ai/generations/${first}/extend`)
  const [extended] = await find(longer)
  expect(readMp4(await bytesAt(extended?.video?.url)).seconds).toBe(10)
  expect(await balanceOf(client)).toBeLessThan(before)
  const all = await get(client, "/v1/luma-ai/generations")
  expect(z.array(lumaSchema).parse(await all.json())).toHaveLength(4)
})
