import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue, type Model } from "./catalogue"
import { decodePng, encodePng } from "./media/png"
import { byteAt, createRaster, fillBox, type Raster } from "./media/raster"
import { schemaOf } from "./specs"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const prompt = "A red fox on a hill"
const counted = { model: "blackforestlabs/flux-2", prompt, output_format: "png" }
const small = { image_size: { width: 512, height: 512 } }

const pictureSchema = z.looseObject({
  url: z.string().optional(),
  b64_json: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
})
const answerSchema = z.looseObject({
  data: z.array(pictureSchema).optional(),
  images: z.array(pictureSchema).optional(),
  meta: z.object({ usage: z.object({ credits_used: z.number(), usd_spent: z.number() }) }),
})

async function bytesOf({ url, b64_json }: z.infer<typeof pictureSchema>): Promise<Buffer> {
  if (url === undefined) return Buffer.from(b64_json ?? "", "base64")
  const media = await fetch(url)
  expect(media.status).toBe(200)
  return Buffer.from(await media.arrayBuffer())
}

async function read(response: Response) {
  const text = await response.text()
  expect(response.ok, text).toBe(true)
  const answer = answerSchema.parse(JSON.parse(text))
  const files = await Promise.all((answer.data ?? answer.images ?? []).map(bytesOf))
  return { answer, files }
}

async function draw(client: Client, body: object): Promise<Buffer[]> {
  return (await read(await client.post("/v1/images/generations", body))).files
}

async function messageOf(response: Response): Promise<string> {
  expect(response.status).toBe(400)
  return z.object({ message: z.string() }).parse(await response.json()).message
}

const dataAddress = (png: Uint8Array) =>
  `data:image/png;base64,${Buffer.from(png).toString("base64")}`

function blue(width: number, height: number): Raster {
  const raster = createRaster(width, height)
  fillBox(raster, { left: 0, top: 0, width, height }, [20, 40, 220], 1)
  return raster
}

function decoded(file: Uint8Array | undefined): Raster {
  const raster = file && decodePng(file)
  if (!raster) throw new Error("This is no PNG file")
  return raster
}

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

type Files = Record<string, Uint8Array | Uint8Array[] | string>

function edit(client: Client, members: Files, path = "/v1/images/edits") {
  const body = new FormData()
  for (const [name, value] of Object.entries(members)) {
    for (const part of [value].flat()) {
      if (typeof part === "string") body.append(name, part)
      else body.append(name, new Blob([new Uint8Array(part)], { type: "image/png" }), "a.png")
    }
  }
  const headers = { authorization: "Bearer test-key" }
  return fetch(client.url + path, { method: "POST", headers, body })
}

const editing = { model: "openai/gpt-image-1", prompt }

/** Opaque but for a window in the middle. */
function maskOf(width: number, height: number): Raster {
  const mask = createRaster(width, height)
  for (let y = Math.floor(height / 4); y < (height * 3) / 4; y++) {
    for (let x = Math.floor(width / 4); x < (width * 3) / 4; x++) {
      mask.data[(y * width + x) * 4 + 3] = 0
    }
  }
  return mask
}

test("an edit changes what the mask leaves open, and nothing else", async ({ client }) => {
  const source = decoded((await draw(client, { ...counted, ...small }))[0])
  const mask = maskOf(512, 512)
  const before = await balanceOf(client)
  const response = await edit(client, {
    ...editing,
    image: encodePng(source),
    mask: encodePng(mask),
    n: "2",
  })
  const { answer, files } = await read(response)
  expect(before - (await balanceOf(client))).toBe(answer.meta.usage.credits_used)
  expect(answer.images).toBeUndefined()
  expect(answer).toMatchObject({ size: "512x512" })
  expect(files).toHaveLength(2)
  for (const result of files.map(decoded)) {
    expect(result).toMatchObject({ width: 512, height: 512 })
    let [kept, changed] = [0, 0]
    for (let at = 0; at < result.data.length; at += 4) {
      const isSame = [0, 1, 2, 3].every((part) => result.data[at + part] === source.data[at + part])
      if (mask.data[at + 3] === 255) {
        if (!isSame) throw new Error(`Pixel ${at / 4} was not to change`)
        kept++
      } else if (!isSame) changed++
    }
    expect(kept).toBe((512 * 512 * 3) / 4)
    expect(changed).toBeGreaterThan(60_000)
  }
})

test("an edit takes several pictures, a size and a form of answer, and JSON too", async ({
  client,
}) => {
  const image = [encodePng(blue(64, 64)), encodePng(createRaster(64, 64))]
  const response = await edit(
    client,
    {
      ...editing,
      "image[]": image,
      size: "1536x1024",
      response_format: "b64_json",
    },
    "/images/edits",
  )
  const { answer, files } = await read(response)
  expect(answer.data?.[0]?.b64_json).toBeTruthy()
  expect(decoded(files[0])).toMatchObject({ width: 1536, height: 1024 })
  const json = await client.post("/v1/images/edits", {
    ...editing,
    model: "openai/gpt-image-2",
    image: {
      buffer: Buffer.from(encodePng(blue(64, 64))),
      mimetype: "image/png",
      originalname: "a.png",
      encoding: "7bit",
      fieldname: "image",
    },
  })
  const { files: fromJson } = await read(json)
  expect(decoded(fromJson[0])).toMatchObject({ width: 64, height: 64 })
})

test("a wrong edit is refused", async ({ client }) => {
  const image = encodePng(blue(64, 64))
  const refusal = async (members: Files) => await messageOf(await edit(client, members))
  expect(await refusal({ ...editing })).toContain("Required")
  expect(await refusal({ model: editing.model, image })).toContain("Required")
  expect(await refusal({ ...editing, image, size: "1x1" })).toContain("received '1x1'")
  const many = Array.from({ length: 17 }, () => image)
  expect(await refusal({ ...editing, image: many })).toContain("Invalid input")
  expect(await refusal({ ...editing, image, model: "flux/dev" })).toContain("'flux/dev'")
  expect(await refusal({ ...editing, image, mask: Buffer.from("text") })).toContain("PNG")
  const other = encodePng(maskOf(64, 32))
  expect(await refusal({ ...editing, image, mask: other })).toContain("same size")
})

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
  test(`every model of the catalogue draws, part ${part + 1} of 4`, async ({ client }) => {
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
