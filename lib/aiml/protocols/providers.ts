import { type LanguageModelMiddleware, simulateStreamingMiddleware, wrapLanguageModel } from "ai"
import { z } from "zod"
import { type shapeChat, shapeSettings } from "../chat/body"
import { comesWhole, transcriptIn } from "../chat/sound"
import { sendUntilTaken } from "../http/repeat"
import type { Upstream } from "../http/upstream"
import type { TextCall } from "../protocol"
import { fits, type Value } from "../schema/check"
import { declares } from "../schema/declares"
import type { Schema } from "../schema/schema"
import { limitLines } from "../text/lines"
import { readWhole } from "../text/whole-answer"

type WrapStream = NonNullable<LanguageModelMiddleware["wrapStream"]>
type StreamPart =
  Awaited<ReturnType<WrapStream>>["stream"] extends ReadableStream<infer Part> ? Part : never

const bodySchema = z.record(z.string(), z.unknown())

/**
 * A fetch for a provider of the AI SDK that sends what the provider wants to say to the model's own
 * address, in the words of the model's own schema. `read` is what a stream goes through on its way back.
 */
export function shapingFetch(
  upstream: Upstream,
  { model, operation, onLeftOut }: TextCall,
  shape: (body: Record<string, unknown>, schema: Schema) => ReturnType<typeof shapeChat>,
  read: (stream: ReadableStream<Uint8Array>) => ReadableStream<Uint8Array> = limitLines,
): typeof fetch {
  const path = operation.path.replace("{model}", encodeURIComponent(model))
  return async (_input, init) => {
    if (typeof init?.body !== "string") throw new Error("providers send JSON")
    const wanted = { ...bodySchema.parse(JSON.parse(init.body)), model }
    const shaped = operation.request
      ? shape(wanted, operation.request)
      : { body: wanted, leftOut: [] }
    if (shaped.leftOut.length > 0) onLeftOut(shaped.leftOut)
    const body: Record<string, unknown> = shaped.body
    const sent = { ...init, body: JSON.stringify(body) }
    const send = () => upstream.fetch(`${upstream.root}${path}`, sent)
    const answer = await sendUntilTaken(send, init.signal ?? undefined)
    const isWhole = answer.ok && hasType(answer, "application/json")
    const response = isWhole ? await readWhole(answer, body.stream === true) : answer
    if (!response.ok || !response.body || !hasType(response, "text/event-stream")) return response
    const stream = read(response.body)
    if (stream === response.body) return response
    const { status, statusText, headers } = response
    return new Response(stream, { status, statusText, headers })
  }
}

function hasType({ headers }: Response, type: string): boolean {
  return headers.get("content-type")?.startsWith(type) ?? false
}

/** The parts of a request that each dialect words itself; the settings go through the schema. */
export function shapeAround(
  body: Record<string, unknown>,
  schema: Schema,
  params: TextCall["params"],
  spoken: Record<string, readonly Value[]>,
): ReturnType<typeof shapeChat> {
  const settings = Object.fromEntries(Object.entries(body).filter(([name]) => !(name in spoken)))
  const shaped = shapeSettings(settings, schema, params)
  const leftOut = [...shaped.leftOut]
  for (const [name, candidates] of Object.entries(spoken)) {
    const [first] = candidates
    if (first === undefined) continue
    const inner = schema.properties[name]
    const found =
      candidates.find((value) => declares(inner, value)) ??
      candidates.find((value) => fits(inner, value))
    // What is said goes out even where the document seems not to take it: the upstream judges.
    if (found !== undefined) shaped.body[name] = found
    else if (name === "input" || name === "messages") shaped.body[name] = first
    else leftOut.push(name === "tools" ? "This model cannot use tools." : `${name} was not sent.`)
  }
  return { body: shaped.body, leftOut }
}

/** What cannot be streamed comes in one piece; readers see no difference. */
export function streaming(
  model: Parameters<typeof wrapLanguageModel>[0]["model"],
  { operation, params }: TextCall,
) {
  const canStream = !operation.request || fits(operation.request.properties.stream, true)
  return canStream && !comesWhole(params)
    ? model
    : wrapLanguageModel({ model, middleware: inOnePiece })
}

/** The whole answer comes as the one raw chunk of its stream: what it cost is told there only. */
const inOnePiece: LanguageModelMiddleware = {
  specificationVersion: "v4",
  async wrapStream({ doGenerate, ...call }) {
    const generated = await doGenerate()
    const said = transcriptIn(generated.response?.body)
    const hasText = said === "" || generated.content.some(({ type }) => type === "text")
    const content = hasText
      ? generated.content
      : [...generated.content, { type: "text" as const, text: said }]
    // What came whole is not cut, though nobody says why it ended.
    const told = generated.finishReason
    const isUntold = told.raw === undefined && told.unified === "other"
    const finishReason = isUntold ? { ...told, unified: "stop" as const } : told
    const result = { ...generated, content, finishReason }
    const { wrapStream } = simulateStreamingMiddleware()
    if (!wrapStream) throw new Error("the middleware streams")
    const { stream, ...rest } = await wrapStream({ ...call, doGenerate: async () => result })
    const raw = new TransformStream<StreamPart, StreamPart>({
      transform(part, controller) {
        controller.enqueue(part)
        if (part.type !== "response-metadata") return
        controller.enqueue({ type: "raw", rawValue: result.response?.body })
      },
    })
    return { ...rest, stream: stream.pipeThrough(raw) }
  },
}
