import "server-only"
import type { Model, ModelKind, Price } from "../models"
import { env } from "../server/env"
import { askedModel } from "../server/offered-models"
import { aiml } from "../server/wiring"

/**
 * The model that makes things of a kind when nobody chose one: the operator's choice, else the cheapest with
 * a known price that takes what there is. Null where there is none.
 */
export async function makerModel(kind: ModelKind, hasFile: boolean): Promise<Model | null> {
  for (const id of env().MAKER_MODELS) {
    const chosen = await askedModel(id).catch(() => null)
    if (chosen?.kind === kind && fits(chosen, hasFile)) return chosen
  }
  return cheapestMaker(await aiml().catalogue.models(), kind, hasFile)
}

/** Of the models of a kind the cheapest; those without a price come last. */
export function cheapestMaker(
  models: readonly Model[],
  kind: ModelKind,
  hasFile: boolean,
): Model | null {
  const able = models.filter((model) => model.kind === kind && fits(model, hasFile))
  const [first] = able.sort((a, b) => usdOf(a.prices) - usdOf(b.prices))
  return first ?? null
}

/** A description alone suffices, or a file is what it works from. */
function fits({ inputs }: Model, hasFile: boolean): boolean {
  return hasFile ? inputs.includes("image") : inputs.includes("text") && !inputs.includes("image")
}

/** Dollars of a usual result: prices count different things, and a second is no picture. */
function usdOf(prices: readonly Price[]): number {
  const usual: Record<string, number> = { second: 5, character: 500, token: 1_000 }
  const costs = prices.map(({ usd, per, unit }) => (usd / per) * (usual[unit] ?? 1))
  return costs.length > 0 ? Math.min(...costs) : Number.MAX_VALUE
}
