import type { Model } from "../../models/model"

const indexes = new WeakMap<readonly Model[], ReadonlyMap<string, Model>>()

/** Finds a model by id or alias, ignoring case; ids take precedence. */
export function lookUp(models: readonly Model[], name: string): Model | null {
  const index = indexes.get(models) ?? makeIndex(models)
  indexes.set(models, index)
  return index.get(name.toLowerCase()) ?? null
}

function makeIndex(models: readonly Model[]): ReadonlyMap<string, Model> {
  const index = new Map<string, Model>()
  for (const model of models) index.set(model.id.toLowerCase(), model)
  for (const model of models) {
    for (const alias of model.aliases) {
      const name = alias.toLowerCase()
      if (!index.has(name)) index.set(name, model)
    }
  }
  return index
}
