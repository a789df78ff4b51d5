import "server-only"
import type { Model } from "../models/model"
import { askedModel } from "./offered-models"

/** The model that the operator named for a service of ours; null where none is named. */
export async function namedModel(id: string | undefined): Promise<Model | null> {
  // A retired choice is no reason to go without the service.
  return id ? await askedModel(id).catch(() => null) : null
}

/** The cheapest first. What nobody tells the price of may be the dearest. */
export function cheapestFirst(
  models: readonly Model[],
  usdOf: (model: Model) => number | null,
): Model[] {
  const priced = models.map((model) => ({ model, usd: usdOf(model) ?? Number.MAX_VALUE }))
  return priced.sort((a, b) => a.usd - b.usd).map(({ model }) => model)
}
