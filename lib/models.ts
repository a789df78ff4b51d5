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

/** One model of the catalogue, as far as people choose by it. Prices are dollars per million tokens. */
export const modelSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  name: z.string(),
  maker: z.string(),
  kind: z.enum(modelKinds),
  endpoint: z.string().nullable(),
  abilities: z.array(z.string()),
  contextTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  inputUsdPerMillion: z.number().nullable(),
  outputUsdPerMillion: z.number().nullable(),
  /** What it costs in its own unit, such as "$0.04 / image", where tokens are not what is paid. */
  priceLabel: z.string().nullish(),
  releasedAt: z.string().nullable(),
})
export type Model = z.infer<typeof modelSchema>

/** What a page needs of the model that will answer. */
export type ChosenModel = Pick<Model, "id" | "name" | "kind">
