import { catalogueAt } from "../lib/aiml/catalogue/catalogue"
import { parseEntry } from "../lib/aiml/catalogue/entry"
import { createAiml } from "../lib/aiml/client"
import { tracedFetch } from "../lib/aiml/http/address"
import type { Upstream } from "../lib/aiml/http/upstream"
import type { Facts, Output } from "../lib/aiml/protocol"
import { ask } from "../lib/aiml/services/endpoint"
import { services } from "../lib/aiml/services/services"
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
  const upstream: Upstream = { root: url, apiKey: "conformance-key", fetch: tracedFetch(fetch) }
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
  return [...lines, ...(await batch(upstream)), await assistant(upstream)]
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
  for await (const event of aiml.answer(model, {
    messages: [{ role: "user", content: "Why is the sky blue?" }],
    maxOutputTokens: 400,
    requestId: clientId,
    abortSignal: stop(),
    timeouts: { firstMs: 20_000, idleMs: 20_000, totalMs: 60_000 },
  })) {
    if (event.type === "text") text += event.delta
    if (event.type === "end") return lineOf(model, text, event, clientId, model.endpoint ?? "text")
  }
  throw new Error(`${model.id} did not end`)
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

/** Protocols without a model; they are billed too. */
async function batch(upstream: Upstream): Promise<Line[]> {
  const { createBatch, getBatch } = services.batches
  const requestId = newId()
  const context = () => ({ requestId, abortSignal: stop() })
  const { data } = await ask(upstream, services.ledger.logs, {
    query: { period: "24h" },
    ...context(),
  })
  const before = new Set(data.map((entry) => entry.inference_id))
  const params = {
    model: "anthropic/claude-sonnet-4",
    max_tokens: 200,
    messages: [{ role: "user", content: "Hello" }],
  }
  const made = await ask(upstream, createBatch, {
    body: { requests: [{ custom_id: "first", params }] },
    ...context(),
  })
  for (;;) {
    const state = await ask(upstream, getBatch, { query: { batch_id: made.id }, ...context() })
    if (!("results" in state)) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      continue
    }
    const after = await ask(upstream, services.ledger.logs, {
      query: { period: "24h" },
      ...context(),
    })
    const own = after.data.filter((entry) => !before.has(entry.inference_id))
    const usd = own.reduce((sum, entry) => sum + entry.cost.credits, 0) / 2_000_000
    const result = state.results.map(({ custom_id, result: { type } }) => `${custom_id}: ${type}`)
    const tokens = own.reduce((sum, entry) => sum + entry.tokens.total, 0)
    return [
      {
        protocol: "batches",
        model: params.model,
        result: result.join(", "),
        counted: `${tokens} tokens`,
        usd,
        clientId: requestId,
        upstreamId: made.id,
      },
    ]
  }
}

async function assistant(upstream: Upstream): Promise<Line> {
  const { createAssistant, createThreadAndRun, getRun, listMessages } = services.assistants
  const requestId = newId()
  const context = () => ({ requestId, abortSignal: stop() })
  const made = await ask(upstream, createAssistant, {
    body: { model: "gpt-4o", instructions: "Be brief." },
    ...context(),
  })
  const thread = { messages: [{ role: "user", content: "Why is the sky blue?" }] }
  let run = await ask(upstream, createThreadAndRun, {
    body: { assistant_id: made.id, thread },
    ...context(),
  })
  const path = { threadId: run.thread_id ?? "", runId: run.id }
  while (/queued|in_progress/.test(run.status)) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    run = await ask(upstream, getRun, { path, ...context() })
  }
  const { data } = await ask(upstream, listMessages, { path, ...context() })
  const said = data[0]?.content[0]?.text?.value ?? ""
  const meta = run.meta
  const usd =
    typeof meta === "object" && meta !== null && "usage" in meta
      ? Number(Object(meta.usage).credits_used) / 2_000_000
      : null
  const { prompt_tokens = 0, completion_tokens = 0 } = run.usage ?? {}
  return {
    protocol: "assistants",
    model: "gpt-4o",
    result: said.slice(0, 60),
    counted: `${prompt_tokens} + ${completion_tokens} tokens`,
    usd,
    clientId: requestId,
    upstreamId: run.id,
  }
}
