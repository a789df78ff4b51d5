import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue } from "./catalogue"
import { encodePng } from "./media/png"
import { createRaster } from "./media/raster"
import { type Client, test } from "./testing"
import { balanceOf } from "./testing-protocols"

const picture = (side: number) =>
  `data:image/png;base64,${Buffer.from(encodePng(createRaster(side, side))).toString("base64")}`

const fileSchema = z.object({
  url: z.string(),
  content_type: z.string(),
  file_name: z.string(),
  file_size: z.number(),
})
const metaSchema = z.object({ usage: z.object({ credits_used: z.number() }) })
const meshSchema = z.object({
  model_mesh: fileSchema,
  timings: z.record(z.string(), z.number()),
  remeshing_dir: z.null(),
  requestId: z.string(),
  meta: metaSchema,
})
const partsSchema = z.object({
  mask_1_mesh: fileSchema,
  mask_2_mesh: fileSchema,
  mask_3_mesh: fileSchema,
  best_mask_index: z.int().min(1).max(3),
  iou_scores: z.array(z.number()).length(3),
  seed: z.int(),
  meta: metaSchema,
})

async function answerTo(client: Client, body: object): Promise<unknown> {
  const response = await client.post("/v1/images/generations", body)
  const text = await response.text()
  expect(response.ok, text).toBe(true)
  return JSON.parse(text)
}

async function bytesOf({ url, file_size }: z.infer<typeof fileSchema>): Promise<Buffer> {
  const media = await fetch(url)
  expect(media.status).toBe(200)
  const bytes = Buffer.from(await media.arrayBuffer())
  expect(bytes.length).toBe(file_size)
  return bytes
}

const sceneSchema = z.object({
  asset: z.looseObject({ version: z.literal("2.0") }),
  scene: z.literal(0),
  scenes: z.array(z.object({ nodes: z.array(z.int()) })).min(1),
  nodes: z.array(z.looseObject({ mesh: z.literal(0) })).min(1),
  meshes: z
    .array(
      z.looseObject({
        primitives: z.array(
          z.looseObject({ attributes: z.looseObject({ POSITION: z.int() }), material: z.int() }),
        ),
      }),
    )
    .min(1),
  materials: z.array(z.looseObject({})).min(1),
  accessors: z.array(
    z.looseObject({
      bufferView: z.int(),
      componentType: z.literal(5126),
      count: z.int().positive(),
      type: z.literal("VEC3"),
      min: z.array(z.number()).length(3).optional(),
      max: z.array(z.number()).length(3).optional(),
    }),
  ),
  bufferViews: z.array(
    z.looseObject({ buffer: z.literal(0), byteOffset: z.int(), byteLength: z.int() }),
  ),
  buffers: z.tuple([z.object({ byteLength: z.int() })]),
})

/** Reads a file as the format's specification has it; fails where it is not so. */
function readGlb(file: Buffer) {
  expect(file.toString("latin1", 0, 4)).toBe("glTF")
  expect([file.readUInt32LE(4), file.readUInt32LE(8)]).toEqual([2, file.length])
  const jsonLength = file.readUInt32LE(12)
  expect(file.toString("latin1", 16, 20)).toBe("JSON")
  const scene = sceneSchema.parse(JSON.parse(file.toString("utf8", 20, 20 + jsonLength)))
  const binary = 20 + jsonLength
  expect([jsonLength % 4, file.length % 4]).toEqual([0, 0])
  expect(file.toString("latin1", binary + 4, binary + 8)).toBe("BIN\0")
  expect(file.readUInt32LE(binary)).toBe(file.length - binary - 8)
  expect(scene.buffers[0].byteLength).toBe(file.length - binary - 8)
  for (const { bufferView, count } of scene.accessors) {
    const { byteOffset = -1, byteLength } = scene.bufferViews[bufferView] ?? {}
    expect(byteLength).toBe(count * 12)
    expect(byteOffset % 4).toBe(0)
  }
  const [positions] = scene.accessors
  const points = Array.from({ length: positions?.count ?? 0 }, (_, index) =>
    [0, 4, 8].map((offset) => file.readFloatLE(binary + 8 + index * 12 + offset)),
  )
  const ends = (choose: (...values: number[]) => number) =>
    [0, 1, 2].map((axis) => choose(...points.map((point) => point[axis] ?? 0)))
  expect(positions).toMatchObject({ min: ends(Math.min), max: ends(Math.max) })
  return scene
}

test("a picture becomes a solid in a valid binary glTF file", async ({ client }) => {
  const before = await balanceOf(client)
  const body = { model: "triposr", image_url: picture(16) }
  const response = await client.post("/v1/images/generations", body)
  expect(response.ok).toBe(true)
  const answer = meshSchema.parse(await response.json())
  expect(answer.model_mesh).toMatchObject({ file_name: "model.glb" })
  expect(answer.requestId).toBe(response.headers.get("x-inference-id"))
  const file = await bytesOf(answer.model_mesh)
  readGlb(file)
  const { credits_used } = answer.meta.usage
  expect(credits_used).toBeGreaterThan(0)
  expect(before - (await balanceOf(client))).toBe(credits_used)
  expect(response.headers.get("x-aimlapi-credits-used")).toBe(String(credits_used))
})

test("or an OBJ file, whose faces lead to corners there are", async ({ client }) => {
  const body = { model: "triposr", image_url: "https://example.com/mushroom.jpg" }
  const answer = meshSchema.parse(await answerTo(client, { ...body, output_format: "obj" }))
  expect(answer.model_mesh.file_name).toBe("model.obj")
  const lines = (await bytesOf(answer.model_mesh)).toString("utf8").trim().split("\n")
  const count = (start: string) => lines.filter((line) => line.startsWith(start)).length
  expect(lines[0]).toMatch(/^o \w+$/)
  expect(count("f ")).toBeGreaterThanOrEqual(4)
  expect(count("v ")).toBe(3 * count("f "))
  const last = [...(lines.at(-1) ?? "").matchAll(/(\d+)\/\/(\d+)/g)].map(([, corner]) => corner)
  expect(last).toContain(String(count("v ")))
})

test("what a model finds in a solid are three parts and how sure it is", async ({ client }) => {
  const body = { model: "tencent/hunyuan-part", mesh_url: "https://example.com/a.glb", seed: 5 }
  const answer = partsSchema.parse(await answerTo(client, body))
  expect(answer.seed).toBe(5)
  const best = answer.iou_scores[answer.best_mask_index - 1]
  expect(best).toBe(Math.max(...answer.iou_scores))
  const files = await Promise.all(
    [answer.mask_1_mesh, answer.mask_2_mesh, answer.mask_3_mesh].map(bytesOf),
  )
  for (const file of files) readGlb(file)
  const { meta: _meta, ...again } = partsSchema.parse(await answerTo(client, body))
  expect(again.iou_scores).toEqual(answer.iou_scores)
  expect(await bytesOf(again.mask_1_mesh)).toEqual(files[0])
})

test("what a solid's own schema refuses is refused", async ({ client }) => {
  const refusal = async (body: object, path = "/v1/images/generations") => {
    const response = await client.post(path, body)
    expect(response.status).toBe(400)
    return z.object({ message: z.string() }).parse(await response.json()).message
  }
  expect(await refusal({ model: "triposr" })).toBe("Body validation error!\nRequired")
  const body = { model: "triposr", image_url: "https://example.com/a.png" }
  expect(await refusal({ ...body, output_format: "stl" })).toContain("'glb' | 'obj'")
  expect(await refusal({ ...body, image_url: "a.png" })).toContain("Invalid url")
  expect(await refusal({ model: "tencent/hunyuan-part" })).toContain("Required")
  expect(await refusal(body, "/v1/images/edits")).toContain("'triposr'")
})

test("every solid of the catalogue comes, has a price, and its link can end", async ({
  client,
}) => {
  const models = new Catalogue().list().filter(({ modalities }) => modalities.output.includes("3d"))
  expect(models.length).toBeGreaterThan(1)
  const [image_url, mesh_url] = [picture(8), "https://example.com/a.glb"]
  for (const { id: model } of models) {
    const answer = await answerTo(client, { model, image_url, mesh_url })
    const { meta } = z.object({ meta: metaSchema }).parse(answer)
    expect(meta.usage.credits_used, model).toBeGreaterThan(0)
    const links = JSON.stringify(answer).match(/http:[^"]+\.glb/g) ?? []
    expect(links.length, model).toBeGreaterThan(0)
    await fetch(`${client.url}/_simulator/media`, { method: "DELETE" })
    for (const link of links) expect((await fetch(link)).status).toBe(403)
  }
})

test("a made-up model that only makes solids is held to its own schema", async ({ client }) => {
  const add = (responses: object) =>
    client.post("/_simulator/models", {
      model: { id: "acme/potter", type: "openai/image-generations" },
      operations: [
        {
          kind: "3d",
          path: "/v1/images/generations",
          request: {
            type: "object",
            properties: { model: { type: "string" }, prompt: { type: "string" } },
            required: ["model", "prompt"],
          },
          responses,
        },
      ],
    })
  expect((await add({})).status).toBe(201)
  const body = { model: "acme/potter", prompt: "A vase" }
  expect((await client.post("/v1/images/generations", { model: body.model })).status).toBe(400)
  const { model_mesh } = meshSchema.parse(await answerTo(client, body))
  readGlb(await bytesOf(model_mesh))
  await add({ "200": { type: "object", properties: { data: { type: "array" } } } })
  const listSchema = z.object({ data: z.tuple([fileSchema]) })
  readGlb(await bytesOf(listSchema.parse(await answerTo(client, body)).data[0]))
})
