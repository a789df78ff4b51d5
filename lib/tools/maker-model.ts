import "server-only"
import type { ModelForm } from "../models/fields"
import type { Model, ModelKind, Price } from "../models/model"
import { env } from "../server/env"
import { aiml } from "../upstream/aiml"
import { catalogue } from "../upstream/catalogue"
import { askedModel } from "../upstream/offered-models"

/** Models whose forms are read at most until one fits. */
const mostLooks = 15

/**
 * The model that makes things of a kind when nobody chose one: the operator's choice, else the cheapest with
 * a known price that takes what there is. Null where there is none.
 */
export async function makerModel(kind: ModelKind, hasPicture: boolean): Promise<Model | null> {
  const chosen = await Promise.all(
    env().MAKER_MODELS.map((id) => askedModel(id).catch(() => null)), // gone: the others do
  )
  const ofKind = chosen.filter((model) => model !== null).filter((model) => model.kind === kind)
  const others = byPrice((await catalogue().models()).filter((model) => model.kind === kind))
  for (const model of [...ofKind, ...others.slice(0, mostLooks)]) {
    if (fits(await aiml().form(model), hasPicture)) return model
  }
  return null
}

/** The cheapest first; those without a price come last. */
export function byPrice(models: readonly Model[]): Model[] {
  return models.toSorted((a, b) => usdOf(a.prices) - usdOf(b.prices))
}

/** Whether a description alone suffices, or with a picture that one and nothing else is needed. */
export function fits(
  { text, files }: Pick<ModelForm, "text" | "files">,
  hasPicture: boolean,
): boolean {
  const needed = files.filter(({ isRequired }) => isRequired)
  if (!hasPicture) return text !== null && needed.length === 0
  const takesPicture = files.some(({ kind }) => kind === "image")
  return takesPicture && needed.every(({ kind, minFiles }) => kind === "image" && minFiles <= 1)
}

/** Dollars of a usual result: prices count different things, and a second is no picture. */
function usdOf(prices: readonly Price[]): number {
  const usual: Record<string, number> = { second: 5, character: 500, token: 1_000 }
  const costs = prices.map(({ usd, per, unit }) => (usd / per) * (usual[unit] ?? 1))
  return costs.length > 0 ? Math.min(...costs) : Number.MAX_VALUE
}
