import { catalogueAt } from "../lib/aiml/catalogue/catalogue"
import { parseEntry } from "../lib/aiml/catalogue/entry"
import { createAiml } from "../lib/aiml/client"
import type { Facts, Output } from "../lib/aiml/protocol"
import { inputOf } from "../lib/aiml/testing"
import { newId } from "../lib/base/id"
import type { FileSlot } from "../lib/models/fields"
import type { Model } from "../lib/models/model"
import { pdf, png, wav } from "./samples"

/** The result of one request: output, usage, cost and ids. */
export type Line = {
  protocol: string
  model: string
  result: string
  counted: string
  usd: number | null
  clientId: string
  upstreamId: string | null
}

const stop = () => AbortSignal.timeout(60_000)

/** Asks one model of each protocol, as the app would, and returns the results. */
export async function everyProtocol(url: string): Promise<Line[]> {
  const aiml = createAiml({ baseUrl: url, apiKey: "conformance-key" })
  const models = await catalogueAt(url, { apiKey: "conformance-key" }).models()
  const lines: Line[] = []
  const seen = new Set<string>()
  for (const model of models) {
    if (seen.has(model.kind) && model.kind !== "text") continue
    const form = await aiml.form(model)
    const place = form.isText ? `text ${model.endpoint}` : model.kind
    if (seen.has(place) || form.gaps.length > 0) continue
    if (form.fields.some((field) => field.isRequired && field.default === undefined)) continue
    seen.add(place)
    seen.add(model.kind)
    lines.push(form.isText ? await speak(aiml, model) : await make(aiml, model, form.files))
  }
  for (const entry of hidden) {
    const model = parseEntry(entry)
    if (!model) throw new Error("an entry without an id")
    const form = await aiml.form(model)
    lines.push(form.isText ? await speak(aiml, model) : await make(aiml, model, form.files))
  }
  return lines
}

/** Unlisted models that still answer: a guard model, web search, plain completion, vision. */
const hidden = [
  { id: "meta-llama/Meta-Llama-Guard-3-8B", type: "openai/chat-completions" },
  { id: "bagoodex/bagoodex-search-v1", type: "openai/chat-completions" },
  { id: "gpt-3.5-turbo-instruct", type: "openai/completions" },
  { id: "ofr", type: "internal/vision" },
]

type Aiml = ReturnType<typeof createAiml>

async function speak(aiml: Aiml, model: Model): Promise<Line> {
  const clientId = newId()
  let text = ""
  const request = {
    messages: [{ role: "user" as const, content: "Why is the sky blue?" }],
    maxOutputTokens: 400,
    requestId: clientId,
    abortSignal: stop(),
    timeouts: { firstMs: 20_000, idleMs: 20_000, totalMs: 60_000 },
  }
  const end = await aiml.answer(model, request, {
    word(type, delta) {
      if (type === "text") text += delta
    },
  })
  return lineOf(model, text, end, clientId, model.endpoint ?? "text")
}

async function make(aiml: Aiml, model: Model, slots: readonly FileSlot[]): Promise<Line> {
  const requestId = newId()
  const wanted = slots.filter((slot) => slot.isRequired)
  const files = (wanted.length > 0 ? wanted : slots.slice(0, 1)).flatMap(fileFor)
  const context = { requestId, abortSignal: stop() }
  const inputs = { text: "A lighthouse in a storm", files }
  let progress = await aiml.start(model, { inputs, params: {}, ...context })
  const { protocol } = progress
  const { upstreamId } = progress.facts
  while (progress.state === "running") {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const { reference } = progress
    progress = { ...progress, ...(await aiml.check({ protocol, reference }, context)) }
  }
  const costUsd = progress.facts.costUsd ?? (await aiml.costOf(requestId))
  const facts = { ...progress.facts, costUsd, upstreamId: upstreamId ?? progress.facts.upstreamId }
  return lineOf(model, progress.outputs.map(inWords).join(", "), facts, requestId, protocol)
}

function fileFor(slot: FileSlot) {
  const samples = { image: png, document: pdf, audio: wav, video: png, mesh: png }
  const { bytes, mediaType, name } = samples[slot.kind]
  return [{ ...inputOf(slot.kind, name, mediaType, bytes), slot: slot.name }]
}

function inWords(output: Output): string {
  if (output.type === "text") return output.text.slice(0, 40)
  if (output.type === "data") return output.label
  return `${output.kind} ${"url" in output.source ? output.source.url : `${output.source.bytes.length} bytes`}`
}

function lineOf(
  model: Model,
  result: string,
  facts: Facts,
  clientId: string,
  protocol: string,
): Line {
  const { usage, units } = facts
  const tokens = usage ? [`${usage.inputTokens ?? 0} + ${usage.outputTokens ?? 0} tokens`] : []
  const others = Object.entries(units).map(([unit, amount]) => `${amount} ${unit}`)
  return {
    protocol,
    model: model.id,
    result: result.slice(0, 60),
    counted: [...tokens, ...others].join(", "),
    usd: facts.costUsd,
    clientId,
    upstreamId: facts.upstreamId,
  }
}
