import { z } from "zod"
import { type Accepted, accept, refuseBody } from "./accept"
import type { Model } from "./catalogue"
import { type Exchange, Refusal, type Route } from "./exchange"
import type { Upload } from "./form"
import { answeredInstead } from "./gate"
import { perSimulator, Recent } from "./per-simulator"
import { chance, pick } from "./random"
import { nameOfAddress, type Source, sourceAt, sourceOf } from "./reading/source"
import { fieldsOf } from "./siblings"
import { type Heard, hear } from "./transcription/hear"
import { type Shape, shapeOf, toldAs } from "./transcription/shapes"

/** Transcripts are kept for an hour from when they were asked for. */
const keptMs = 3_600_000

const asked = perSimulator(() => new Recent<{ model: Model; expiresAt: number }>())

const uploadSchema: z.ZodType<Upload> = z.object({
  buffer: z.instanceof(Buffer),
  mimetype: z.string(),
  size: z.number(),
  originalname: z.string(),
  encoding: z.string(),
  fieldname: z.string(),
})

const bodySchema = z.object({
  url: z.string().optional().catch(undefined),
  audio: uploadSchema.optional().catch(undefined),
  file: uploadSchema.optional().catch(undefined),
})

function promptOf(body: Record<string, unknown>): string {
  const { url, audio, file } = bodySchema.parse(body)
  return url ? nameOfAddress(url) : ((audio ?? file)?.originalname ?? "")
}

/** The recording a request is about; refused if there is none. */
function recordingIn(exchange: Exchange, body: Record<string, unknown>): Source {
  const { url, audio, file } = bodySchema.parse(body)
  const upload = audio ?? file
  if (upload) return sourceOf(upload)
  if (!url) refuseBody(exchange, [{ path: "url", message: "Required" }])
  return sourceAt(exchange, url ?? "")
}

/** What the books say of a transcript: it is paid for by the second, begun ones in full. */
function amountsOf({ durationSeconds, text }: Heard) {
  const seconds = Math.max(1, Math.ceil(durationSeconds))
  return {
    second: { input: seconds, output: seconds },
    token: { input: seconds * 10, output: Math.ceil(text.length / 4) },
    generation: { output: 1 },
  }
}

interface Listened extends Accepted {
  heard: Heard
  shape: Shape
}

/** The common part: a request that was accepted, and what is heard in its recording. */
async function listen(exchange: Exchange): Promise<Listened | undefined> {
  const accepted = await accept(exchange, "transcription", promptOf)
  const { body, model, plan } = accepted
  const source = recordingIn(exchange, body)
  const instead = await answeredInstead(exchange, plan)
  if (instead || !(await exchange.pause(plan.delayMs))) {
    exchange.failed()
    return undefined
  }
  const shape = shapeOf(fieldsOf(exchange.simulator.catalogue, "transcription", model))
  return { ...accepted, heard: hear(source, plan.text), shape }
}

/** What a finished transcript says in place of the form that its file came in. */
const withoutFile = ({ audio: _audio, file: _file, ...body }: Record<string, unknown>) => body

async function transcribe(exchange: Exchange): Promise<void> {
  const listened = await listen(exchange)
  if (!listened) return
  const { body, model, heard, shape } = listened
  const result = toldAs(shape, heard, body)
  const cost = exchange.charge(model, amountsOf(heard), withoutFile(body))
  exchange.sendBilled(chance(`created ${model.id}`, 0.25) ? 200 : 201, result, cost)
}

async function create(exchange: Exchange): Promise<void> {
  const listened = await listen(exchange)
  if (!listened) return
  const { body, model, plan, heard, shape } = listened
  const { simulator, inferenceId: id, clientRequestId } = exchange
  const request = withoutFile(body)
  simulator.jobs.start({
    id,
    plan: plan.job,
    charge: { model, amounts: amountsOf(heard), request },
    clientRequestId,
    work: () => toldAs(shape, heard, request),
  })
  asked(simulator).set(id, { model, expiresAt: Date.now() + keptMs })
  const status = shape === "tokens" ? { status: "queued" } : {}
  exchange.sendJson(chance(`created ${model.id}`, 0.25) ? 200 : 201, {
    generation_id: id,
    ...status,
  })
}

/** The two vocabularies for an unfinished transcript; every model keeps to one. */
function wordsOf(model: Model): { queued: string; generating: string } {
  return pick(`transcription words ${model.id}`, [
    { queued: "queued", generating: "generating" },
    { queued: "waiting", generating: "active" },
  ])
}

async function poll(exchange: Exchange, [id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const { simulator, response } = exchange
  const known = asked(simulator).get(id)
  if (known && known.expiresAt <= Date.now()) {
    simulator.jobs.remove(id)
    asked(simulator).delete(id)
  }
  const state = known && (await simulator.jobs.look(id, simulator.ledger))
  if (!known || !state) {
    response.removeHeader("x-inference-id")
    throw new Refusal(404, `Generation ${id} not found`)
  }
  response.setHeader("x-inference-id", id)
  const { model } = known
  // Published as `output` beside `id`; what most samples show is `result`.
  const isAsPublished = chance(`transcription output ${model.id}`, 0.25)
  const name = isAsPublished ? "output" : "result"
  const named = isAsPublished ? { id } : { generation_id: id }
  if (state.status === "completed") {
    const { status, result, cost } = state
    return exchange.sendBilled(200, { ...named, status, [name]: result }, cost)
  }
  if (state.status === "error") {
    return exchange.sendJson(200, { ...named, ...state, [name]: null })
  }
  exchange.sendJson(200, { ...named, status: wordsOf(model)[state.status] })
}

export const transcriptionRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1(?:\/playground)?)?\/stt$/, handle: transcribe },
  { method: "POST", path: /^(?:\/v1)?\/stt\/create$/, handle: create },
  { method: "GET", path: /^(?:\/v1)?\/stt\/([^/]+)$/, handle: poll },
]
