import "server-only"
import type { Model } from "../models/model"
import { askedModel } from "./offered-models"

/** The model the operator configured for an internal service; null if none. */
export async function namedModel(id: string | undefined): Promise<Model | null> {
  // If that model was retired, fall back to the default.
  return id ? await askedModel(id).catch(() => null) : null
}

/** Cheapest first. A model without a price may be the most expensive. */
export function cheapestFirst(
  models: readonly Model[],
  usdOf: (model: Model) => number | null,
): Model[] {
  const priced = models.map((model) => ({ model, usd: usdOf(model) ?? Number.MAX_VALUE }))
  return priced.sort((a, b) => a.usd - b.usd).map(({ model }) => model)
}
