import { brotliDecompressSync } from "node:zlib"
import { z } from "zod"
import { type Model, modelSchema } from "../../models/model"
import type { RetiredNames } from "./retired"

/** Bundled facts about the vendor's models. Other servers have other models. */
export type KnownModels = {
  snapshot(): Promise<{ models: readonly Model[]; at: string }>
  retired(): Promise<RetiredNames>
}

/** The members of a model that the snapshot has: lasting facts, so neither prices nor metrics. */
export const snapshotModelSchema = modelSchema.omit({
  prices: true,
  priceLabel: true,
  inputUsdPerMillion: true,
  outputUsdPerMillion: true,
  metrics: true,
})

/** The files written by `npm run refresh-catalogue`, loaded on demand. */
export const vendorModels: KnownModels = {
  async snapshot() {
    const { default: file } = await import("./snapshot.json", { with: { type: "json" } })
    const text = brotliDecompressSync(Buffer.from(file.models, "base64")).toString("utf8")
    const models = z.array(snapshotModelSchema).parse(JSON.parse(text))
    return {
      at: file.at,
      models: models.map((model) => ({
        ...model,
        prices: [],
        priceLabel: null,
        inputUsdPerMillion: null,
        outputUsdPerMillion: null,
        metrics: null,
      })),
    }
  },
  async retired() {
    const { default: file } = await import("./retired.json", { with: { type: "json" } })
    return retiredNames(file)
  },
}

const rowSchema = z.tuple([z.string().nullable(), z.string().nullable()])

/** Parses the retired names: each with the day it was last listed and its successor. */
export function retiredNames(file: unknown): RetiredNames {
  const rows = Object.entries(z.record(z.string(), rowSchema).parse(file))
  return new Map(
    rows.map(([name, [since, successor]]) => [name.toLowerCase(), { since, successor }]),
  )
}
