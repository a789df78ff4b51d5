import type { Model } from "./models"

/** The model with this id or alias. */
export function findModel(models: readonly Model[], id: string): Model | undefined {
  return (
    models.find((model) => model.id === id) ?? models.find((model) => model.aliases.includes(id))
  )
}

/** Models that match every word of a query by name, maker, id or ability; earlier hits are better. */
export function searchModels(models: readonly Model[], query: string): Model[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...models]
  return models
    .map((model) => ({ model, score: scoreOf(model, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ model }) => model)
}

function scoreOf(model: Model, words: string[]): number {
  const name = model.name.toLowerCase()
  const rest = [model.id, model.maker, model.kind, ...model.aliases, ...model.abilities]
    .join(" ")
    .toLowerCase()
  let score = 0
  for (const word of words) {
    if (name.startsWith(word)) score += 4
    else if (name.includes(word)) score += 3
    else if (rest.includes(word)) score += 1
    else return 0
  }
  return score
}
