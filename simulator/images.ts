import { z } from "zod"
import { type Accepted, firstText, refuseBody } from "./accept"
import { type Catalogue, kindsOf, type Model } from "./catalogue"
import { documentedMessages } from "./envelope"
import { type Exchange, Refusal, type Route } from "./exchange"
import { answeredInstead } from "./gate"
import { drawPicture, encodePicture } from "./media/picture"
import type { Raster } from "./media/raster"
import { imageSizeOf, type Size } from "./media/sizes"
import { firstPicture } from "./media/sources"
import { chance, hash } from "./random"
import { nameOfAddress } from "./reading/source"
import { sendShape, traceOf } from "./shapes"
import { fieldsOf } from "./siblings"
import { type Operation, responseSchemaOf, schemaOf, type VendorSchema } from "./specs"
import { requireSpending } from "./spending"
import { validate } from "./validate"

/** Of the two things that the address of pictures makes, the one a model does. */
function kindOf(catalogue: Catalogue, model: Model): "image" | "3d" | undefined {
  const kinds = model.modalities.output.includes("3d")
    ? (["3d", "image"] as const)
    : (["image", "3d"] as const)
  return (
    kinds.find((kind) => catalogue.ownOperation(kind, model)) ??
    kinds.find((kind) => kindsOf(model.type).includes(kind))
  )
}

/** The operation of a model at one of the two addresses; some models have one at each. */
function operationAt(catalogue: Catalogue, kind: string, model: Model, isEdit: boolean) {
  const suits = ({ path }: Operation) => path.endsWith("/edits") === isEdit
  const usual = catalogue.operationFor(kind, model)
  if (usual && suits(usual)) return usual
  const names = [model.id, ...model.aliases]
  return catalogue
    .operations(kind)
    .filter(suits)
    .find(({ models }) => models.some((name) => names.includes(name)))
}

/** What stands where a model should, in the words of `accept`. */
function refuseModel(exchange: Exchange, name: unknown): never {
  if (typeof name === "string" && exchange.simulator.catalogue.isRetired(name)) {
    throw new Refusal(404, "Model is deprecated")
  }
  const message =
    typeof name === "string"
      ? `Invalid enum value. Expected an available model, received '${name}'`
      : name === undefined
        ? "Required"
        : `Expected string, received ${typeof name}`
  exchange.simulator.log.judge(exchange.entry, [{ path: "model", message }])
  throw new Refusal(400, `${documentedMessages[400]}\n${message}`)
}

const bodySchema = z.record(z.string(), z.unknown())

// The schemas know the bytes of a file only as JSON would say them.
function withoutBuffers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBuffers)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !Buffer.isBuffer(member))
      .map(([name, member]) => [name, withoutBuffers(member)]),
  )
}

function promptOf(body: Record<string, unknown>): string {
  const address = firstText(body, "image_url", "mesh_url", "front_image_url")
  return firstText(body, "prompt") || nameOfAddress(address)
}

/**
 * The common beginning of every picture. As `accept`, but what a body is held to depends on what the
 * model makes, which only the body tells, and on the address.
 */
export async function acceptPicture(
  exchange: Exchange,
  { isEdit }: { isEdit: boolean },
): Promise<Accepted & { kind: "image" | "3d" }> {
  exchange.requireKey()
  const raw = bodySchema.safeParse(await exchange.readBody())
  if (!raw.success) throw new Refusal(400, `${documentedMessages[400]}\nExpected object`)
  const body = raw.data
  exchange.entry.prompt = promptOf(body)
  const { catalogue, rules } = exchange.simulator
  const model = typeof body.model === "string" ? catalogue.find(body.model) : undefined
  const kind = model && kindOf(catalogue, model)
  const operation = model && kind && operationAt(catalogue, kind, model, isEdit)
  const isHere = operation || (kind && !isEdit && !catalogue.ownOperation(kind, model))
  if (!model || !kind || !isHere) refuseModel(exchange, body.model)
  exchange.model = model
  refuseBody(exchange, operation ? validate(operation, withoutBuffers(body)) : [])
  requireSpending(exchange)
  return { body, model, operation, kind, plan: rules.planFor(exchange.entry.prompt) }
}

const propertiesSchema = z
  .object({ properties: z.record(z.string(), z.unknown()) })
  .transform(({ properties }) => properties)
  .catch({})

const propertiesOf = (schema: VendorSchema | undefined) => propertiesSchema.parse(schema)

/** What a request means where it says nothing. */
function defaultsOf(operation: Operation | undefined): Record<string, unknown> {
  const properties = propertiesOf(operation && schemaOf(operation))
  const valued = z.object({ default: z.unknown() })
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      valued.safeParse(schema).data?.default,
    ]),
  )
}

/** Where in an answer the pictures stand. */
type Shape = "data" | "images" | "both"

/**
 * The published answer says `data` for every model, even for those that make no pictures, so it tells
 * something only where it says more or belongs to one model. Else it is the request that tells the
 * families apart: what counts its pictures as `n` answers as the model's first maker would.
 */
function shapeOf({ model, operation }: Accepted, fields: Record<string, unknown>): Shape {
  const told = propertiesOf(operation && responseSchemaOf(operation))
  if ("images" in told) return "data" in told ? "both" : "images"
  if (operation?.responseSchema && "data" in told) return "data"
  if (chance(`both pictures ${model.id}`, 0.08)) return "both"
  if ("n" in fields || "convert_base64_to_url" in fields) return "data"
  return chance(`pictures in images ${model.id}`, "num_images" in fields ? 0.8 : 0.3)
    ? "images"
    : "data"
}

interface Picture extends ReturnType<typeof encodePicture> {
  width: number
  height: number
}

const countSchema = z.int().min(1).max(16).catch(1)

/** Draws what is asked for. Nothing if the client left meanwhile. */
async function drawAll(
  exchange: Exchange,
  { model }: Accepted,
  request: Record<string, unknown>,
  { source, mask, size, seed }: DrawingOptions,
): Promise<Picture[] | undefined> {
  const prompt = firstText(request, "prompt")
  const carried = request.image_url ?? request.image_urls ?? request.image
  // What cannot be shown is still to make a difference.
  const trace = source || carried === undefined ? "" : traceOf(exchange, carried)
  const pictures: Picture[] = []
  const count = countSchema.parse(request.num_images ?? request.n)
  for (let index = 0; index < count; index++) {
    const raster = drawPicture({
      prompt,
      by: model.info.name,
      ...size,
      variant: `${seed} ${index} ${trace}`,
      source,
      mask,
      isTransparent: request.background === "transparent",
    })
    pictures.push({ ...size, ...encodePicture(raster, String(request.output_format)) })
    // Drawing takes long enough to let others have their turn.
    if (!(await exchange.pause(1))) return undefined
  }
  return pictures
}

interface DrawingOptions {
  source: Raster | undefined
  mask: Raster | undefined
  size: Size
  seed: number
}

/** What the books say of some pictures, whichever way their model is paid for. */
function amountsOf(pictures: Picture[], prompt: string, hasSource: boolean) {
  const pixels = pictures.reduce((sum, { width, height }) => sum + width * height, 0)
  return {
    image: { input: hasSource ? 1 : 0, output: pictures.length },
    megapixel: { input: 0, output: pixels / 1_000_000 },
    generation: { output: pictures.length },
    token: {
      input: Math.ceil(prompt.length / 4) + (hasSource ? 300 : 0),
      output: Math.ceil(pixels / 1_000),
    },
  }
}

/** The way a request wants its pictures: as text in the answer, or as links. */
function isCoded(request: Record<string, unknown>): boolean {
  return request.response_format === "b64_json" || request.convert_base64_to_url === false
}

/** Draws the pictures of an accepted request and answers with them. */
export async function sendPictures(
  exchange: Exchange,
  accepted: Accepted,
  { mask, shape }: { mask?: Raster | undefined; shape?: Shape } = {},
): Promise<void> {
  const { body, model, operation, plan } = accepted
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const startedAt = Date.now()
  const { catalogue, media } = exchange.simulator
  const defaults = defaultsOf(operation)
  const request = { ...defaults, ...body }
  const source = firstPicture(exchange, body)
  const size = imageSizeOf(body, defaults, source)
  const asked = z.int().safeParse(body.seed)
  const seed = asked.data ?? 1 + (hash(exchange.inferenceId) >>> 1)
  const pictures = await drawAll(exchange, accepted, request, { source, mask, size, seed })
  if (!pictures) return exchange.failed()

  const coded = isCoded(request)
  const files = pictures.map((picture, index) => {
    const name = `${index + 1}.${picture.extension}`
    const path = coded
      ? ""
      : media.put(exchange.inferenceId, name, picture.bytes, picture.contentType)
    return { ...picture, name, url: exchange.baseUrl + path }
  })
  const fields = fieldsOf(catalogue, "image", model) ?? {}
  const where = coded ? "data" : (shape ?? shapeOf(accepted, fields))
  const prompt = firstText(body, "prompt")
  const amounts = amountsOf(pictures, prompt, source !== undefined)
  const answer = {
    ...(where !== "images" && {
      created: Math.floor(Date.now() / 1000),
      data: files.map((file) => ({
        ...(coded ? { b64_json: Buffer.from(file.bytes).toString("base64") } : { url: file.url }),
        ...(prompt && isRevised(model, fields) && { revised_prompt: `${prompt}, rich in detail` }),
        ...(chance(`mime type ${model.id}`, 0.3) && { mime_type: file.contentType }),
      })),
      ...("background" in fields && settingsIn(request, size)),
      ...("background" in fields && { usage: usageOf(amounts.token) }),
    }),
    ...(where !== "data" && {
      images: files.map((file) => describedBy(model, file)),
      timings: { inference: (Date.now() - startedAt) / 1000 },
      seed,
      has_nsfw_concepts: files.map(() => plan.finishReason === "content_filter"),
      prompt,
    }),
  }
  const cost = exchange.charge(model, amounts, request)
  exchange.sendBilled(chance(`created ${model.id}`, 0.25) ? 201 : 200, answer, cost)
}

/** Whether a model tells the better words it made of a prompt. */
function isRevised(model: Model, fields: Record<string, unknown>): boolean {
  return "enhance_prompt" in fields || chance(`revised prompt ${model.id}`, 0.3)
}

interface PictureFile extends Picture {
  name: string
  url: string
}

function describedBy(model: Model, { url, width, height, contentType, name, bytes }: PictureFile) {
  const file = { file_name: name, file_size: bytes.length }
  const isNamed = chance(`file of picture ${model.id}`, 0.3)
  return { url, width, height, content_type: contentType, ...(isNamed && file) }
}

/** What some models say again of what they were asked, with the size that came of it. */
function settingsIn(request: Record<string, unknown>, { width, height }: Size) {
  const { background, output_format, quality } = request
  return { background, output_format, quality, size: `${width}x${height}` }
}

function usageOf({ input, output }: { input: number; output: number }) {
  return { input_tokens: input, output_tokens: output, total_tokens: input + output }
}

async function generate(exchange: Exchange): Promise<void> {
  const accepted = await acceptPicture(exchange, { isEdit: false })
  if (accepted.kind === "3d") await sendShape(exchange, accepted)
  else await sendPictures(exchange, accepted)
}

export const imageRoutes: Route[] = [
  {
    method: "POST",
    path: /^(?:(?:\/v1)?\/images\/generations(?:\/with-url)?|\/v2\/playground\/images\/generations)$/,
    handle: generate,
  },
]
