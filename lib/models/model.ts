import { z } from "zod"

const modelKinds = [
  "text",
  "image",
  "video",
  "audio",
  "speech",
  "transcription",
  "document",
  "embedding",
  "shape",
  "other",
] as const
export type ModelKind = (typeof modelKinds)[number]

const priceSchema = z.object({
  /** The billed unit: token, image, second, character, page, generation … */
  unit: z.string(),
  measure: z.enum(["input", "output"]).nullable(),
  /** Dollars per `per` units. */
  usd: z.number(),
  per: z.number(),
  /** Request members for which this price applies; null if it always does. */
  when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
})
/** One of a model's prices. */
export type Price = z.infer<typeof priceSchema>

/** Current performance: medians over the model's recent calls. */
const metricsSchema = z.object({
  firstTokenMs: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  durationMs: z.number().nullable(),
})
export type ModelMetrics = z.infer<typeof metricsSchema>

/** One model of the catalogue. */
export const modelSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  name: z.string(),
  vendor: z.string(),
  kind: z.enum(modelKinds),
  /** The vendor's name of the API it is called through; null if not documented. */
  endpoint: z.string().nullable(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  abilities: z.array(z.string()),
  contextTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** Empty if the price depends on the call or is unknown. */
  prices: z.array(priceSchema),
  /** A short summary of the prices, such as "$0.04 per image". */
  priceLabel: z.string().nullable(),
  inputUsdPerMillion: z.number().nullable(),
  outputUsdPerMillion: z.number().nullable(),
  metrics: metricsSchema.nullable(),
  releasedAt: z.string().nullable(),
})
export type Model = z.infer<typeof modelSchema>

/** The fields people choose a model by; pages get these for thousands of models. */
export type ListedModel = Omit<Model, "endpoint" | "prices">

/** The origin of the model list, so that a page can tell whether it is complete. */
export type CatalogueState = {
  /** The upstream itself, a copy stored by an earlier process, or the list bundled with the program. */
  source: "live" | "kept" | "snapshot" | "none"
  /** When it was fetched from the upstream (ISO 8601). */
  at: string | null
  /** The last refresh failed. */
  isStale: boolean
}

/** What a page needs to know about the selected model. */
export type ChosenModel = Pick<Model, "id" | "name" | "kind">
