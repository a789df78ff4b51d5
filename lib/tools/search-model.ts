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
 * The model that searches the web for the others: the operator's choice, else the cheapest that can.
 * Null where there is none.
 */
export async function searchModel(): Promise<Model | null> {
  const named = await namedModel(env().SEARCH_MODEL)
  if (named) return named
  const models = await catalogue().models()
  return cheapestSearcher(models, await knownSearchers())
}

/** Of the models that search the cheapest; those that do nothing else come first. */
export function cheapestSearcher(
  models: readonly Model[],
  known: ReadonlySet<string> = new Set(),
): Model | null {
  const searches = ({ id, abilities }: Model) =>
    known.has(id) || abilities.some((ability) => ability.includes("search"))
  // A model that takes tools searches when it is told to, and says less about where it looked.
  const takesTools = ({ abilities }: Model) => Number(abilities.includes("tools"))
  const able = models.filter((model) => model.kind === "text" && searches(model))
  const [first] = cheapestFirst(able, usdOf).sort((a, b) => takesTools(a) - takesTools(b))
  return first ?? null
}

function usdOf({ inputUsdPerMillion, outputUsdPerMillion }: Model): number | null {
  if (inputUsdPerMillion === null && outputUsdPerMillion === null) return null
  return (inputUsdPerMillion ?? 0) + (outputUsdPerMillion ?? 0)
}

/** The live list may lack the word for searching where the vendor's documentation has it. */
async function knownSearchers(): Promise<ReadonlySet<string>> {
  if (!env().isVendor) return new Set()
  return await processWide("search-models", async () => {
    const { models } = await vendorModels.snapshot()
    const searchers = models.filter(({ abilities }) => abilities.includes("web_search"))
    return new Set(searchers.map(({ id }) => id))
  })
}

/** The settings that make a model search and tell all that it found, as far as its schema has them. */
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

// The usual names of such settings; a model without them searches unasked or not at all.
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
