import "server-only"
import { vendorModels } from "../aiml/catalogue/known"
import type { Params } from "../base/json"
import { processWide } from "../base/process-wide"
import type { Field } from "../models/fields"
import type { Model } from "../models/model"
import { env } from "../server/env"
import { catalogue } from "../upstream/catalogue"
import { cheapestFirst, namedModel } from "../upstream/service-models"

/**
 * The model that searches the web for others: the operator's choice, otherwise the cheapest. Null if there is none.
 */
export async function searchModel(): Promise<Model | null> {
  const named = await namedModel(env().SEARCH_MODEL)
  if (named) return named
  const models = await catalogue().models()
  return cheapestSearcher(models, await knownSearchers())
}

/** The cheapest search model, preferring dedicated ones. */
export function cheapestSearcher(
  models: readonly Model[],
  known: ReadonlySet<string> = new Set(),
): Model | null {
  const searches = ({ id, abilities }: Model) =>
    known.has(id) || abilities.some((ability) => ability.includes("search"))
  // A model with tools searches only on request and reports fewer sources.
  const takesTools = ({ abilities }: Model) => Number(abilities.includes("tools"))
  const able = models.filter((model) => model.kind === "text" && searches(model))
  const [first] = cheapestFirst(able, usdOf).sort((a, b) => takesTools(a) - takesTools(b))
  return first ?? null
}

function usdOf({ inputUsdPerMillion, outputUsdPerMillion }: Model): number | null {
  if (inputUsdPerMillion === null && outputUsdPerMillion === null) return null
  return (inputUsdPerMillion ?? 0) + (outputUsdPerMillion ?? 0)
}

/** Also uses the bundled documentation, because the live list may lack the search ability. */
async function knownSearchers(): Promise<ReadonlySet<string>> {
  if (!env().isVendor) return new Set()
  return await processWide("search-models", async () => {
    const { models } = await vendorModels.snapshot()
    const searchers = models.filter(({ abilities }) => abilities.includes("web_search"))
    return new Set(searchers.map(({ id }) => id))
  })
}

/** Settings that make a model search and return all its findings, limited to those in its schema. */
export function searchParams(fields: readonly Field[]): Params {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = wishFor(field)
      return value === undefined ? [] : [[field.name, value]]
    }),
  )
}

function wishFor(field: Field): Params[string] | undefined {
  const wish = Object.hasOwn(wishes, field.name) ? wishes[field.name] : undefined
  if (wish === undefined) return undefined
  if (field.type === "boolean") return wish === true ? true : undefined
  if (field.type === "choice") return field.choices.includes(String(wish)) ? wish : undefined
  if (field.type !== "object" || wish !== "object") return undefined
  return searchParams(field.fields)
}

// Common names of these settings; a model without them searches on its own or not at all.
const wishes: Readonly<Record<string, true | "web" | "low" | "object">> = {
  enable_search: true,
  enable_source: true,
  forced_search: true,
  return_images: true,
  return_related_questions: true,
  search_mode: "web",
  search_context_size: "low",
  search_options: "object",
  web_search_options: "object",
}
