// What the vendor serves without listing it: models that left the catalogue but still answer, and a
// service that never was a model but stands in the books as one.
import type { Model } from "./catalogue"
import { completionSchema, visionSchema } from "./hidden-schemas"
import { findOperation, type Operation, schemaOf, type VendorSchema } from "./specs"

const undocumentedKinds: readonly string[] = ["completion", "vision"]

/** Whether a kind has no published operations at all, only those that hidden models bring. */
export const isUndocumented = (kind: string) => undocumentedKinds.includes(kind)

const chatType = "openai/chat-completions"
const guardTag = "moderation"
const searchTag = "ai-search"

/** Whether a model says how safe a message is, in place of answering it. */
export const isGuard = (model: Model) => model.tags.includes(guardTag)

/** Whether a model answers by searching, with more to ask for under the id of its answer. */
export const isSearch = (model: Model) => model.tags.includes(searchTag)

/** The service that looks at pictures; requests to it name no model. */
export const visionId = "ofr"

type Price = { name: string; measure: "input" | "output"; price: number; per: number }

const perMillionTokens = (price: number): Price[] => [
  { name: "token", measure: "input", price, per: 1_000_000 },
  { name: "token", measure: "output", price, per: 1_000_000 },
]

interface Facts {
  id: string
  name: string
  developer: string
  releasedAt: string
  type?: string
  tags?: string[]
  input?: string[]
  units: Price[]
}

function model({ id, name, developer, releasedAt, type, tags, input, units }: Facts): Model {
  return {
    id,
    type: type ?? chatType,
    aliases: [],
    tags: tags ?? [],
    info: { name, developer, releasedAt },
    modalities: { input: input ?? ["text"], output: ["text"] },
    capabilities: [],
    pricing: { kind: "fixed", currency: "USD", units },
    thinking: { when: "never", shown: "hidden" },
  }
}

const guards = [
  model({
    id: "meta-llama/Meta-Llama-Guard-3-8B",
    name: "Llama Guard 3 (8B)",
    developer: "Meta",
    releasedAt: "2024-07-23",
    tags: [guardTag],
    units: perMillionTokens(0.21),
  }),
  model({
    id: "meta-llama/LlamaGuard-2-8b",
    name: "LlamaGuard 2 (8b)",
    developer: "Meta",
    releasedAt: "2024-04-18",
    tags: [guardTag],
    units: perMillionTokens(0.21),
  }),
  model({
    id: "meta-llama/Llama-Guard-3-11B-Vision-Turbo",
    name: "Llama Guard 3 (11B)",
    developer: "Meta",
    releasedAt: "2024-09-25",
    tags: [guardTag],
    input: ["text", "image"],
    units: perMillionTokens(0.189),
  }),
]

const search = model({
  id: "bagoodex/bagoodex-search-v1",
  name: "Bagoodex Search v1",
  developer: "Bagoodex",
  releasedAt: "2024-11-01",
  tags: [searchTag],
  units: perMillionTokens(0.63),
})

const instruct = model({
  id: "gpt-3.5-turbo-instruct",
  name: "GPT-3.5 Turbo Instruct",
  developer: "Open AI",
  releasedAt: "2023-09-18",
  type: "openai/completions",
  units: perMillionTokens(1.575),
})

const vision = model({
  id: visionId,
  name: "Optical feature recognition",
  developer: "Google",
  releasedAt: "2024-10-01",
  type: "internal/vision",
  input: ["image"],
  units: [{ name: "image", measure: "input", price: 0.001575, per: 1 }],
})

function operation(kind: string, path: string, requestSchema: VendorSchema): Operation {
  return {
    kind,
    method: "POST",
    path,
    contentType: "application/json",
    models: [],
    request: null,
    parameters: [],
    responses: {},
    requestSchema,
  }
}

/** Guard models are asked through chat, and refused by their own schema rather than chat's. */
function guardOperations({ id }: Model): Operation[] {
  const own = findOperation("moderation", [id])
  const schema = own && schemaOf(own)
  return schema ? [operation("chat", "/v1/chat/completions", schema)] : []
}

type Entry = { model: Model; isListed: boolean; operations: Operation[] }

let entries: Entry[] | undefined

function makeEntries(): Entry[] {
  const entry = (hidden: Model, operations: Operation[]) => ({
    model: hidden,
    isListed: false,
    operations,
  })
  return [
    ...guards.map((guard) => entry(guard, guardOperations(guard))),
    entry(search, []),
    entry(instruct, [operation("completion", "/v1/completions", completionSchema)]),
    entry(vision, [operation("vision", "/v1/vision", visionSchema)]),
  ]
}

/** The hidden models with the operations that only they have, as a catalogue takes them in. */
export function hiddenEntries(): Entry[] {
  entries ??= makeEntries()
  return [...entries]
}
