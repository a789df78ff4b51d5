import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue, type Model } from "./catalogue"
import { encodePng } from "./media/png"
import { byteAt, createRaster, type Raster } from "./media/raster"
import { schemaOf } from "./specs"
import { type Client, test } from "./testing"
import {
  blue,
  counted,
  dataAddress,
  decoded,
  draw,
  messageOf,
  prompt,
  read,
  small,
} from "./testing-pictures"
import { balanceOf } from "./testing-protocols"

test("pictures have the size and the number that was asked for, and differ", async ({ client }) => {
  const image_size = { width: 640, height: 512 }
  const response = await client.post("/v1/images/generations", {
    ...counted,
    image_size,
    num_images: 2,
  })
  const { answer, files } = await read(response)
  expect(files).toHaveLength(2)
  for (const file of files) expect(decoded(file)).toMatchObject(image_size)
  expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(false)
  const [first] = answer.images ?? []
  if (first) expect(first).toMatchObject({ ...image_size, content_type: "image/png" })
})

test("the same prompt and seed make the same picture, another seed another one", async ({
  client,
}) => {
  const once = await draw(client, { ...counted, ...small, seed: 7 })
  expect(await draw(client, { ...counted, ...small, seed: 7 })).toEqual(once)
  expect(await draw(client, { ...counted, ...small, seed: 8 })).not.toEqual(once)
  expect(await draw(client, { ...counted, ...small, seed: 7, prompt: "A hen" })).not.toEqual(once)
})

test("a picture comes as a link or as text, in one of three formats", async ({ client }) => {
  const model = "openai/gpt-image-1"
  const coded = await client.post("/v1/images/generations", {
    model,
    prompt,
    response_format: "b64_json",
  })
  const { answer, files } = await read(coded)
  expect(answer.data?.[0]?.url).toBeUndefined()
  expect(decoded(files[0])).toMatchObject({ width: 1024, height: 1024 })
  expect(answer).toMatchObject({ quality: "medium", size: "1024x1024", output_format: "png" })
  expect(answer).toMatchObject({ usage: { input_tokens: expect.any(Number) } })
  const signatures = { jpeg: "ffd8ff", webp: "52494646", png: "89504e47" }
  for (const [output_format, signature] of Object.entries(signatures)) {
    const response = await client.post("/v1/images/generations", {
      ...counted,
      ...small,
      output_format,
    })
    const made = await read(response)
    const { url = "" } = (made.answer.data ?? made.answer.images ?? [])[0] ?? {}
    expect((await fetch(url)).headers.get("content-type")).toBe(`image/${output_format}`)
    expect(made.files[0]?.toString("hex").startsWith(signature)).toBe(true)
  }
  // What the schema says is what comes where nothing is said.
  const [usual] = await draw(client, { model: "flux-pro/v1.1", prompt, ...small })
  expect(usual?.toString("hex").startsWith(signatures.jpeg)).toBe(true)
})

test("a picture is made from another one, keeps its size and shows it", async ({ client }) => {
  const model = "flux/kontext-pro/image-to-image"
  const body = { model, prompt, seed: 3, output_format: "png" }
  const from = async (raster: Raster) => {
    const [file] = await draw(client, { ...body, image_url: dataAddress(encodePng(raster)) })
    return decoded(file)
  }
  const fromBlue = await from(blue(300, 200))
  expect(fromBlue).toMatchObject({ width: 300, height: 200 })
  const middle = (60 * 300 + 150) * 4
  expect(byteAt(fromBlue.data, middle + 2)).toBeGreaterThan(byteAt(fromBlue.data, middle))
  expect((await from(createRaster(300, 200))).data).not.toEqual(fromBlue.data)
  const [remote] = await draw(client, { ...body, image_url: "https://example.com/a.png" })
  const [other] = await draw(client, { ...body, image_url: "https://example.com/b.png" })
  expect(remote).not.toEqual(other)
  // A picture that was made here may be the start of the next one.
  const made = await read(await client.post("/v1/images/generations", { ...counted, ...small }))
  const { url } = (made.answer.data ?? made.answer.images ?? [])[0] ?? {}
  expect(decoded((await draw(client, { ...body, image_url: url }))[0])).toMatchObject({
    width: 512,
    height: 512,
  })
})

test("the pictures stand in data, in images or in both", async ({ client }) => {
  test.setTimeout(60_000)
  const shapes = new Set<string>()
  for (const model of ["openai/gpt-image-1-mini", "flux/schnell", "recraft-v3", "flux/dev"]) {
    const { answer } = await read(await client.post("/images/generations", { model, prompt }))
    if (answer.data) expect(answer).toMatchObject({ created: expect.any(Number) })
    if (answer.images) expect(answer).toMatchObject({ has_nsfw_concepts: [false], prompt })
    shapes.add([answer.data && "data", answer.images && "images"].filter(Boolean).join(" "))
  }
  expect(shapes.size).toBeGreaterThan(1)
  for (const members of [["data"], ["images"], ["data", "images"]]) {
    await addModel(client, members)
    const body = { model: "acme/painter", prompt }
    const { answer } = await read(await client.post("/v1/images/generations", body))
    expect(Object.keys(answer).filter((name) => /^(data|images)$/.test(name))).toEqual(members)
  }
})

async function addModel(client: Client, members: string[], kind = "image") {
  const response = await client.post("/_simulator/models", {
    model: { id: "acme/painter", type: "openai/image-generations" },
    operations: [
      {
        kind,
        path: "/v1/images/generations",
        request: {
          type: "object",
          properties: {
            model: { type: "string" },
            prompt: { type: "string" },
            size: { type: "string", default: "64x48" },
          },
          required: ["model", "prompt"],
        },
        responses: {
          "200": {
            type: "object",
            properties: Object.fromEntries(members.map((name) => [name, { type: "array" }])),
          },
        },
      },
    ],
  })
  expect(response.status).toBe(201)
}

test("every alias of the address draws, and another one does not", async ({ client }) => {
  await addModel(client, ["data"])
  const body = { model: "acme/painter", prompt }
  for (const path of [
    "/v1/images/generations",
    "/images/generations",
    "/v1/images/generations/with-url",
    "/v2/playground/images/generations",
  ]) {
    const { files } = await read(await client.post(path, body))
    expect(decoded(files[0])).toMatchObject({ width: 64, height: 48 })
  }
  expect((await client.post("/v1/images", body)).status).toBe(404)
})

test("what the model's own schema refuses is refused", async ({ client }) => {
  const refusal = async (body: object) =>
    await messageOf(await client.post("/v1/images/generations", body))
  expect(await refusal({ prompt })).toBe("Body validation error!\nRequired")
  expect(await refusal({ model: "flux/dev" })).toContain("Required")
  expect(await refusal({ ...counted, num_images: 9 })).toContain("less than or equal to 4")
  expect(await refusal({ ...counted, output_format: "gif" })).toContain("received 'gif'")
  expect(await refusal({ model: "openai/gpt-4o", prompt })).toContain("'openai/gpt-4o'")
  expect(await refusal({ model: "nobody/nothing", prompt })).toContain("'nobody/nothing'")
  const anonymous = await fetch(`${client.url}/v1/images/generations`, { method: "POST" })
  expect(anonymous.status).toBe(401)
})

test("the body, the header and the books agree on the cost", async ({ client }) => {
  const before = await balanceOf(client)
  const one = await client.post("/v1/images/generations", { ...counted, ...small })
  const { answer } = await read(one)
  const { credits_used, usd_spent } = answer.meta.usage
  expect(credits_used).toBeGreaterThan(0)
  expect(one.headers.get("x-aimlapi-credits-used")).toBe(String(credits_used))
  expect(one.headers.get("x-aimlapi-usd-spent")).toBe(String(usd_spent))
  expect(before - (await balanceOf(client))).toBe(credits_used)
  const three = await read(
    await client.post("/v1/images/generations", { ...counted, ...small, num_images: 3 }),
  )
  expect(three.answer.meta.usage.credits_used).toBe(3 * credits_used)
})

test("rules answer instead, and that costs nothing", async ({ client }) => {
  await client.rule({ match: "busy fox", name: "status", statusCode: 429, retryAfterSeconds: 2 })
  const before = await balanceOf(client)
  const body = { ...counted, prompt: "A busy fox" }
  const response = await client.post("/v1/images/generations", body)
  expect(response.status).toBe(429)
  expect(response.headers.get("retry-after")).toBe("2")
  expect(await balanceOf(client)).toBe(before)
})

test("a link that expired is refused", async ({ client }) => {
  const { answer } = await read(
    await client.post("/v1/images/generations", { ...counted, ...small }),
  )
  const { url = "" } = (answer.data ?? answer.images ?? [])[0] ?? {}
  await expireMedia(client)
  expect((await fetch(url)).status).toBe(403)
})

async function expireMedia(client: Client) {
  const response = await fetch(`${client.url}/_simulator/media`, { method: "DELETE" })
  expect(response.ok).toBe(true)
}

/** The least that a model's own schema asks for. */
function smallest(model: Model): Record<string, unknown> {
  const operation = new Catalogue()
    .operations("image")
    .find(({ models, path }) => models.includes(model.id) && !path.endsWith("/edits"))
  const schema = z
    .object({
      required: z.array(z.string()),
      properties: z.record(z.string(), z.looseObject({ enum: z.array(z.unknown()).optional() })),
    })
    .safeParse(operation && schemaOf(operation))
  const address = dataAddress(encodePng(blue(48, 48)))
  const values: Record<string, unknown> = {
    model: model.id,
    prompt,
    image_url: address,
    image_urls: [address],
  }
  if (!schema.success) return { model: model.id, prompt }
  const { required, properties } = schema.data
  return Object.fromEntries(
    required.map((name) => [name, values[name] ?? properties[name]?.enum?.[0]]),
  )
}

const pictureModels = new Catalogue()
  .list()
  .filter(
    ({ type, modalities }) =>
      type === "openai/image-generations" && !modalities.output.includes("3d"),
  )

for (const part of [0, 1, 2, 3]) {
  test(`every model of the catalogue draws, part ${part + 1} of 4`, { tag: "@whole" }, async ({
    client,
  }) => {
    test.setTimeout(120_000)
    const models = pictureModels.filter((_, index) => index % 4 === part)
    expect(models.length).toBeGreaterThan(10)
    for (const model of models) {
      const before = await balanceOf(client)
      const response = await client.post("/v1/images/generations", smallest(model))
      const text = await response.clone().text()
      expect([200, 201], `${model.id}: ${text}`).toContain(response.status)
      const { answer, files } = await read(response)
      expect(files.length, model.id).toBeGreaterThan(0)
      expect(files[0]?.toString("hex"), model.id).toMatch(/^(89504e47|ffd8ff|52494646)/)
      expect(answer.meta.usage.credits_used, model.id).toBeGreaterThan(0)
      expect(before - (await balanceOf(client)), model.id).toBe(answer.meta.usage.credits_used)
    }
  })
}
