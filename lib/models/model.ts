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
  /** What is counted: token, image, second, character, page, generation … */
  unit: z.string(),
  measure: z.enum(["input", "output"]).nullable(),
  /** Dollars for `per` units. */
  usd: z.number(),
  per: z.number(),
  /** The request's members that this price is for; null: it always holds. */
  when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
})
/** One of the prices of a model. */
export type Price = z.infer<typeof priceSchema>

/** How a model does right now: the middle of what its last calls took. */
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
  /** The vendor's word for how it is asked; null where nobody says. */
  endpoint: z.string().nullable(),
  inputs: z.array(z.string()),
  outputs: z.array(z.string()),
  abilities: z.array(z.string()),
  contextTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  /** Empty where the price depends on the call or is not told. */
  prices: z.array(priceSchema),
  /** The prices in one short line, such as "$0.04 per image". */
  priceLabel: z.string().nullable(),
  inputUsdPerMillion: z.number().nullable(),
  outputUsdPerMillion: z.number().nullable(),
  metrics: metricsSchema.nullable(),
  releasedAt: z.string().nullable(),
})
export type Model = z.infer<typeof modelSchema>

/** What people choose a model by, as a page gets it for each of thousands. */
export type ListedModel = Omit<Model, "endpoint" | "prices">

/** Where the list of models comes from, so that a page can say what is missing. */
export type CatalogueState = {
  /** The upstream itself, the copy of an earlier process, or the list that the program brought along. */
  source: "live" | "kept" | "snapshot" | "none"
  /** When the upstream said so (ISO). */
  at: string | null
  /** The last try to renew it failed. */
  isStale: boolean
}

/** What a page needs of the model that will answer. */
export type ChosenModel = Pick<Model, "id" | "name" | "kind">
