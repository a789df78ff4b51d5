import "server-only"
import { findLastModel } from "../db/messages"
import type { User } from "../db/users"
import { findModel } from "../model-search"
import type { Model } from "../models"
import { env } from "./env"
import { aiml } from "./wiring"

/** The model a new conversation offers: the last one used, the operator's choice, or a fair one. */
export async function offeredModel(user: User, lastUsed?: string | null): Promise<Model | null> {
  const models = await aiml().catalogue.models()
  const used = lastUsed ?? (await findLastModel(user))
  const wanted = [used, env().DEFAULT_MODEL].flatMap((id) => id ?? [])
  for (const id of wanted) {
    const model = findModel(models, id)
    if (model) return model
  }
  return fairModel(models)
}

/** The names of the models that wrote something, for as long as the catalogue knows them. */
export async function modelNames(ids: Iterable<string | null>): Promise<Record<string, string>> {
  const models = await aiml().catalogue.models()
  const names = [...new Set(ids)].flatMap((id) => {
    const model = id === null ? undefined : findModel(models, id)
    return id !== null && model ? [[id, model.name] as const] : []
  })
  return Object.fromEntries(names)
}

/** Without anybody's choice: of the newer half of able chat models the one with the middle price. */
function fairModel(models: readonly Model[]): Model | null {
  const chat = models.filter((model) => model.kind === "text")
  const able = chat.filter((model) =>
    ["tools", "vision"].every((ability) => model.abilities.includes(ability)),
  )
  const pool = able.length > 0 ? able : chat
  const newer = [...pool]
    .sort((a, b) => (b.releasedAt ?? "").localeCompare(a.releasedAt ?? ""))
    .slice(0, Math.ceil(pool.length / 2))
  const byPrice = newer.sort((a, b) => (a.outputUsdPerMillion ?? 0) - (b.outputUsdPerMillion ?? 0))
  return byPrice[Math.floor(byPrice.length / 2)] ?? null
}
