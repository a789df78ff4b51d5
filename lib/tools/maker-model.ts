import "server-only"
import type { ModelForm } from "../models/fields"
import type { Model, ModelKind, Price } from "../models/model"
import { env } from "../server/env"
import { aiml } from "../upstream/aiml"
import { catalogue } from "../upstream/catalogue"
import { askedModel } from "../upstream/offered-models"

/** Maximum number of forms to read in search of a suitable model. */
const maxLooks = 15

/**
 * The default model for a kind of media: the operator's choice, otherwise the cheapest with a known price that
 * accepts the given inputs. Null if there is none.
 */
export async function makerModel(kind: ModelKind, hasPicture: boolean): Promise<Model | null> {
  const chosen = await Promise.all(
    env().MAKER_MODELS.map((id) => askedModel(id).catch(() => null)), // no longer offered; try the others
  )
  const ofKind = chosen.filter((model) => model !== null).filter((model) => model.kind === kind)
  const others = byPrice((await catalogue().models()).filter((model) => model.kind === kind))
  for (const model of [...ofKind, ...others.slice(0, maxLooks)]) {
    if (fits(await aiml().form(model), hasPicture)) return model
  }
  return null
}

/** Cheapest first; models without a price last. */
export function byPrice(models: readonly Model[]): Model[] {
  return models.toSorted((a, b) => usdOf(a.prices) - usdOf(b.prices))
}

/** Whether a model needs only a prompt, or with a picture exactly a prompt and one picture. */
export function fits(
  { text, files }: Pick<ModelForm, "text" | "files">,
  hasPicture: boolean,
): boolean {
  const needed = files.filter(({ isRequired }) => isRequired)
  if (!hasPicture) return text !== null && needed.length === 0
  const takesPicture = files.some(({ kind }) => kind === "image")
  return takesPicture && needed.every(({ kind, minFiles }) => kind === "image" && minFiles <= 1)
}

/** Approximate price of a typical result, to compare prices in different units. */
function usdOf(prices: readonly Price[]): number {
  const usual: Record<string, number> = { second: 5, character: 500, token: 1_000 }
  const costs = prices.map(({ usd, per, unit }) => (usd / per) * (usual[unit] ?? 1))
  return costs.length > 0 ? Math.min(...costs) : Number.MAX_VALUE
}
