import { readFileSync } from "node:fs"
import { join } from "node:path"
import { brotliDecompressSync } from "node:zlib"
import { z } from "zod"
import { hiddenEntries, isUndocumented } from "./hidden"
import { commonOperation, findOperation, loadOperations, type Operation } from "./specs"

const unitSchema = z.looseObject({
  name: z.string(),
  measure: z.string(),
  price: z.number(),
  per: z.number(),
})

const variantSchema = z.looseObject({
  when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  price: z.number(),
  unit: z.string(),
  per: z.number(),
})

export const modelSchema = z.object({
  id: z.string(),
  type: z.string(),
  aliases: z.array(z.string()),
  tags: z.array(z.string()),
  info: z.looseObject({
    name: z.string(),
    developer: z.string(),
    releasedAt: z.string(),
    outputMax: z.number().optional(),
  }),
  modalities: z.object({ input: z.array(z.string()), output: z.array(z.string()) }),
  capabilities: z.array(z.string()),
  pricing: z.looseObject({
    kind: z.string(),
    units: z.array(unitSchema).optional(),
    variants: z.array(variantSchema).optional(),
  }),
  thinking: z
    .object({
      when: z.enum(["always", "asked", "never"]),
      shown: z.enum(["reasoning_content", "reasoning", "hidden"]),
    })
    .default({ when: "never", shown: "hidden" }),
})

/** A model of the catalogue; `thinking` is ours and never leaves the simulator. */
export type Model = z.infer<typeof modelSchema>

interface Packed {
  models: Model[]
  byName: Map<string, Model>
  retired: Set<string>
}

let loaded: Packed | undefined

function packed(): Packed {
  if (loaded) return loaded
  const file = join(import.meta.dirname, "catalogue", "catalogue.ndjson.br")
  const lines = brotliDecompressSync(readFileSync(file)).toString("utf8").split("\n")
  const last: unknown = JSON.parse(lines.pop() ?? "{}")
  const { retired } = z.object({ retired: z.array(z.string()) }).parse(last)
  const models = lines.map((line) => modelSchema.parse(JSON.parse(line)))
  const byName = new Map<string, Model>()
  for (const model of models)
    for (const name of model.aliases) byName.set(name.toLowerCase(), model)
  for (const model of models) byName.set(model.id.toLowerCase(), model)
  loaded = { models, byName, retired: new Set(retired) }
  return loaded
}

/** The kinds of operation that a model of a catalogue type has, the most telling first. */
const kindsByType: Record<string, readonly string[]> = {
  "openai/chat-completions": ["chat", "moderation", "messages", "responses"],
  "openai/responses": ["responses"],
  "openai/image-generations": ["image", "3d"],
  "internal/video-generations/submit": ["video"],
  "internal/audio-generations/submit": ["music"],
  "internal/speech-to-text/submit": ["transcription"],
  "internal/text-to-speech": ["speech"],
  "openai/embeddings": ["embedding"],
  "internal/ocr": ["ocr"],
}

export function kindsOf(type: string): readonly string[] {
  return kindsByType[type] ?? []
}

/** The models and operations of one simulator: packed, hidden, and added while it runs. */
export class Catalogue {
  private added = hiddenEntries()

  add(model: Model, operations: Operation[], { isListed = true } = {}): void {
    this.remove(model.id)
    this.added.push({ model, isListed, operations })
  }

  remove(id: string): boolean {
    const before = this.added.length
    this.added = this.added.filter(({ model }) => model.id !== id)
    return this.added.length < before
  }

  /** Every model on offer. */
  list(): Model[] {
    const listed = this.added.filter(({ isListed }) => isListed).map(({ model }) => model)
    return [...listed, ...packed().models]
  }

  /** A model by id or alias, whatever the case. */
  find(name: string): Model | undefined {
    const wanted = name.toLowerCase()
    const added = this.added.find(({ model }) =>
      [model.id, ...model.aliases].some((id) => id.toLowerCase() === wanted),
    )
    return added?.model ?? packed().byName.get(wanted)
  }

  /** True for the ids the vendor once served and took away. */
  isRetired(id: string): boolean {
    return !this.find(id) && packed().retired.has(id)
  }

  /** All operations of one kind. */
  operations(kind: string): Operation[] {
    const added = this.added.flatMap(({ operations }) => operations)
    return [...added.filter((operation) => operation.kind === kind), ...loadOperations(kind)]
  }

  /** The documented operation of one kind for a model, if there is one. */
  ownOperation(kind: string, model: Model): Operation | undefined {
    const added = this.added.find((entry) => entry.model === model)
    const own = added?.operations.find((operation) => operation.kind === kind)
    if (own || isUndocumented(kind)) return own
    return findOperation(kind, [model.id, ...model.aliases])
  }

  /**
   * The operation that a request for a model is held to. About seventy chat models have a page but no
   * schema of their own; the upstream serves them all the same, so they are held to the schema that
   * most other models of the kind share.
   */
  operationFor(kind: string, model: Model): Operation | undefined {
    const own = this.ownOperation(kind, model)
    if (own || !kindsOf(model.type).includes(kind)) return own
    return ["chat", "image", "video", "speech"].includes(kind) ? commonOperation(kind) : undefined
  }
}

/** How much of what was used, by the names and measures of the catalogue's price units. */
export type Amounts = Record<string, { input?: number; output?: number }>

function usdOf(model: Model, amounts: Amounts, request: Record<string, unknown>): number {
  const { units, variants } = model.pricing
  if (units) {
    return units.reduce((sum, unit) => {
      const amount = amounts[unit.name]
      return (
        sum +
        (((unit.measure === "input" ? amount?.input : amount?.output) ?? 0) * unit.price) / unit.per
      )
    }, 0)
  }
  const words = (value: unknown) => String(value).toLowerCase()
  const variant =
    variants?.find(({ when }) =>
      Object.entries(when).every(([name, value]) => words(request[name]) === words(value)),
    ) ?? variants?.[0]
  // Where the vendor says no price there is one all the same, known when the bill comes.
  if (!variant) return 0.0123
  const amount = amounts[variant.unit]
  return ((amount?.output ?? amount?.input ?? 1) * variant.price) / variant.per
}

/**
 * What one call costs. The price comes from the catalogue, a variant's from the request's own members;
 * 1 USD is 2,000,000 credits.
 */
export function costOf(model: Model, amounts: Amounts, request: Record<string, unknown> = {}) {
  const usd = usdOf(model, amounts, request)
  // Rounding first to a thousandth keeps float dust from adding a credit.
  const credits = Math.ceil(Number((usd * 2_000_000).toFixed(3)))
  return { credits_used: credits, usd_spent: credits / 2_000_000 }
}
