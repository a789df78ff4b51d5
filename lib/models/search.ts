import type { ListedModel } from "./model"

/** Models that match every word of a query by name, vendor, id or ability, best matches first. */
export function searchModels(models: readonly ListedModel[], query: string): ListedModel[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...models]
  // A complete id means exactly that model, not others with the same prefix.
  const isMeant = ({ id }: ListedModel) => id.toLowerCase() === words[0] && words.length === 1
  return indexOf(models)
    .map((entry) => ({
      model: entry.model,
      score: scoreOf(entry, words) * (isMeant(entry.model) ? 100 : 1),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ model }) => model)
}

type Entry = { model: ListedModel; name: string; rest: string }

// Lowercasing thousands of models is done once per list rather than per keystroke.
const indexes = new WeakMap<readonly ListedModel[], Entry[]>()

function indexOf(models: readonly ListedModel[]): Entry[] {
  const existing = indexes.get(models)
  if (existing) return existing
  const index = models.map((model) => ({
    model,
    name: model.name.toLowerCase(),
    rest: [model.id, model.vendor, model.kind, ...model.aliases, ...model.abilities]
      .join(" ")
      .toLowerCase(),
  }))
  indexes.set(models, index)
  return index
}

function scoreOf({ name, rest }: Entry, words: string[]): number {
  let score = 0
  for (const word of words) {
    if (name.startsWith(word)) score += 4
    else if (name.includes(word)) score += 3
    else if (rest.includes(word)) score += 1
    else return 0
  }
  return score
}
