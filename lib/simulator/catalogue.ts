import { readFileSync } from "node:fs"
import { join } from "node:path"
import { brotliDecompressSync } from "node:zlib"
import { z } from "zod"

const unitSchema = z.looseObject({
  name: z.string(),
  measure: z.string(),
  price: z.number(),
  per: z.number(),
})

const modelSchema = z.object({
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
  pricing: z.looseObject({ kind: z.string(), units: z.array(unitSchema).optional() }),
  thinking: z
    .object({
      when: z.enum(["always", "asked", "never"]),
      shown: z.enum(["reasoning_content", "reasoning", "hidden"]),
    })
    .default({ when: "never", shown: "hidden" }),
})

/** A model of the catalogue; `thinking` is ours and never leaves the simulator. */
export type Model = z.infer<typeof modelSchema>

interface Catalogue {
  models: Model[]
  byName: Map<string, Model>
  retired: Set<string>
}

let loaded: Catalogue | undefined

function catalogue(): Catalogue {
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

/** Every model on offer. */
export function listModels(): Model[] {
  return catalogue().models
}

/** A model by id or alias, whatever the case. */
export function findModel(name: string): Model | undefined {
  return catalogue().byName.get(name.toLowerCase())
}

/** True for the ids the vendor once served and took away. */
export function isRetired(id: string): boolean {
  return catalogue().retired.has(id)
}

/** What one call costs. The price comes from the catalogue; 1 USD is 2,000,000 credits. */
export function costOf(model: Model, amounts: { input: number; output: number }) {
  const usd = (model.pricing.units ?? []).reduce((sum, unit) => {
    const amount = unit.measure === "input" ? amounts.input : amounts.output
    return sum + (amount * unit.price) / unit.per
  }, 0)
  // Rounding first to a thousandth keeps float dust from adding a credit.
  const credits = Math.ceil(Number((usd * 2_000_000).toFixed(3)))
  return { credits_used: credits, usd_spent: credits / 2_000_000 }
}
