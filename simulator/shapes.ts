import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { z } from "zod"
import { type Accepted, firstText } from "./accept"
import type { Exchange } from "./exchange"
import { answeredInstead } from "./gate"
import { bytesOf } from "./media/sources"
import { chance, hash, series } from "./random"
import { responseSchemaOf, schemaOf, type VendorSchema } from "./specs"

const inputs = ["image_url", "front_image_url", "image_urls", "image", "mesh_url"]

/** A short text that stands for what a member of a body carries or points at. */
export function traceOf(exchange: Exchange, value: unknown): string {
  const content = bytesOf(exchange, value) ?? JSON.stringify(value) ?? ""
  return createHash("sha256").update(content).digest("base64url").slice(0, 12)
}

const propertiesSchema = z
  .object({ properties: z.record(z.string(), z.unknown()) })
  .transform(({ properties }) => properties)
  .catch({})

const namesIn = (schema: VendorSchema | undefined) => propertiesSchema.parse(schema)

/** One recorded solid in each format: nobody looks for what it was made from. */
const recorded = (format: "glb" | "obj") =>
  readFileSync(new URL(`./fixtures/shape.${format}`, import.meta.url))

/** Keeps a solid as a file; what the answer says about it. */
function fileOf(exchange: Exchange, name: string, format: "glb" | "obj") {
  const bytes = recorded(format)
  const fileName = `${name}.${format}`
  const contentType = "application/octet-stream"
  const path = exchange.simulator.media.put(exchange.inferenceId, fileName, bytes, contentType)
  return {
    url: exchange.baseUrl + path,
    content_type: contentType,
    file_name: fileName,
    file_size: bytes.length,
  }
}

const seedSchema = z.int().optional().catch(undefined)

/** The answer of a model that finds the parts of a solid: three guesses and how good each is. */
function partsOf(exchange: Exchange, trace: string, asked: number | undefined) {
  const seed = asked ?? 1 + (hash(exchange.inferenceId) >>> 1)
  const next = series(`parts ${trace} ${seed}`)
  const scores = [next(), next(), next()].map((score) => Number((0.5 + score / 2).toFixed(4)))
  const mask = (number: number) => fileOf(exchange, `mask_${number}`, "glb")
  return {
    mask_1_mesh: mask(1),
    mask_2_mesh: mask(2),
    mask_3_mesh: mask(3),
    best_mask_index: 1 + scores.indexOf(Math.max(...scores)),
    iou_scores: scores,
    seed,
  }
}

function shapeOf(exchange: Exchange, { body }: Accepted, trace: string, isList: boolean) {
  const seed = `${trace} ${seedSchema.parse(body.seed) ?? ""}`
  const mesh = fileOf(exchange, "model", body.output_format === "obj" ? "obj" : "glb")
  if (isList) return { data: [mesh] }
  const next = series(`timings ${seed}`)
  const seconds = (most: number) => Number((next() * most).toFixed(3))
  return {
    model_mesh: mesh,
    timings: { prepare: seconds(4), generation: seconds(1), export: seconds(1) },
    remeshing_dir: null,
    requestId: exchange.inferenceId,
  }
}

/** Makes the solid of an accepted request and answers with it. */
export async function sendShape(exchange: Exchange, accepted: Accepted): Promise<void> {
  const { body, model, operation, plan } = accepted
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const requested = namesIn(operation && schemaOf(operation))
  const told = namesIn(operation && responseSchemaOf(operation))
  const input = inputs.map((name) => body[name]).find((value) => value !== undefined)
  const trace = `${firstText(body, "prompt")} ${input === undefined ? "" : traceOf(exchange, input)}`
  const findsParts =
    "best_mask_index" in told || ("mesh_url" in requested && !("model_mesh" in told))
  // The published answer is that of pictures. Only where it is a model's very own does it count.
  const isList = Boolean(operation?.responseSchema) && "data" in told && !("model_mesh" in told)
  const answer = findsParts
    ? partsOf(exchange, trace, seedSchema.parse(body.seed))
    : shapeOf(exchange, accepted, trace, isList)
  const amounts = {
    image: { input: 1, output: 1 },
    generation: { output: 1 },
    megapixel: { output: 1 },
    token: { input: 300, output: 1000 },
  }
  const cost = exchange.charge(model, amounts, body)
  exchange.sendBilled(chance(`created ${model.id}`, 0.25) ? 201 : 200, answer, cost)
}
