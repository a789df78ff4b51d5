import { z } from "zod"
import type { Model } from "../../models/model"
import { kindOf } from "./kinds"
import { looseCount, looseList, looseText, looseWords } from "./loose"
import { priceLabel } from "./price-label"
import { pricesOf, pricingSchema, usdPerMillion } from "./prices"

// Ids are sent unchanged, so an entry with an invalid id is dropped.
const idSchema = z.string().regex(/^[^\p{Cc}\p{Cs}\s][^\p{Cc}\p{Cs}]{0,199}$/u)

const infoSchema = z.object({
  name: looseText,
  developer: looseText,
  releasedAt: looseText,
  contextLength: looseCount,
  outputMax: looseCount,
})

const entrySchema = z.object({
  id: idSchema,
  type: looseText,
  aliases: looseList(idSchema),
  owned_by: looseText,
  info: infoSchema.nullable().catch(null),
  modalities: z.object({ input: looseWords, output: looseWords }).nullable().catch(null),
  capabilities: looseWords,
  tags: looseWords,
  pricing: pricingSchema.nullable().catch(null),
})
const listSchema = z.object({ data: z.array(z.unknown()) })

/**
 * Parses the vendor's list. Invalid entries are dropped, invalid members ignored, and the first of several entries
 * with the same id wins.
 */
export function parseCatalogue(body: unknown): Model[] {
  const taken = new Set<string>()
  return listSchema.parse(body).data.flatMap((item) => {
    const model = parseEntry(item)
    const name = model?.id.toLowerCase() ?? ""
    if (!model || taken.has(name)) return []
    taken.add(name)
    return [model]
  })
}

/** Parses one entry; with only an id it is a chat model. Null without a valid id. */
export function parseEntry(item: unknown): Model | null {
  const parsed = entrySchema.safeParse(item)
  return parsed.success ? toModel(parsed.data) : null
}

function toModel(entry: z.infer<typeof entrySchema>): Model {
  const { id, type, info, modalities, pricing } = entry
  const abilities = abilitiesOf(entry)
  const { input: inputs, output: outputs } = modalities ?? { input: [], output: [] }
  const prices = pricing ? pricesOf(pricing) : []
  const releasedAt = info?.releasedAt ?? null
  return {
    id,
    aliases: [...new Set(entry.aliases)].filter((alias) => alias !== id),
    name: info?.name || id.split("/").at(-1) || id,
    vendor: info?.developer || entry.owned_by || "",
    kind: kindOf({ type: type ?? "", inputs, outputs, abilities }),
    endpoint: type,
    inputs,
    outputs,
    abilities,
    contextTokens: info?.contextLength ?? null,
    outputTokens: info?.outputMax ?? null,
    prices,
    priceLabel: pricing?.kind === "variable" ? "price varies" : priceLabel(prices),
    inputUsdPerMillion: usdPerMillion(prices, "input"),
    outputUsdPerMillion: usdPerMillion(prices, "output"),
    metrics: null,
    releasedAt: releasedAt && /^\d{4}-\d\d-\d\d/.test(releasedAt) ? releasedAt : null,
  }
}

/** Web search is not among the capabilities; some entries have a tag for it. */
function abilitiesOf({ capabilities, tags }: z.infer<typeof entrySchema>): string[] {
  const searches = [...capabilities, ...tags].some((word) => /(?<![a-z])search/.test(word))
  return searches ? [...new Set([...capabilities, "web_search"])] : capabilities
}
