import "server-only"
import { retiredWords } from "../aiml/catalogue/retired"
import { AppError } from "../base/errors"
import { findLastModel } from "../db/messages"
import type { User } from "../db/users"
import type { Model, ModelKind } from "../models/model"
import { env } from "../server/env"
import { catalogue } from "./catalogue"

/**
 * The model of an id or alias, to be asked; a bare one on trust while the list cannot be relied on.
 * Throws `model_gone`, for a retired name with the words for where to go.
 */
export async function askedModel(id: string): Promise<Model> {
  const place = await catalogue().whereIs(id)
  if (place.state === "retired") throw new AppError("model_gone", { message: retiredWords(place) })
  if (!place.model) throw new AppError("model_gone")
  return place.model
}

/**
 * The model a new conversation offers: the last one used or its successor, the operator's choice, or a
 * fair one.
 */
export async function offeredModel(user: User, lastUsed?: string | null): Promise<Model | null> {
  const used = lastUsed ?? (await findLastModel(user))
  for (const id of [used, env().DEFAULT_MODEL]) {
    if (!id) continue
    const place = await catalogue().whereIs(id)
    if (place.state === "offered") return place.model
    if (place.state === "retired" && place.successor) return place.successor
  }
  return fairModel(await catalogue().models())
}

/** A model that talks, for whoever has chosen none: the operator's choice, or a fair one. */
export async function talkingModel(): Promise<Model | null> {
  const { DEFAULT_MODEL } = env()
  const chosen = DEFAULT_MODEL ? await catalogue().find(DEFAULT_MODEL) : null
  return chosen?.kind === "text" ? chosen : fairModel(await catalogue().models())
}

/** The model that a form for a kind opens with: the last one used, else the newest that asks for words alone. */
export async function studioModel(
  kind: ModelKind,
  lastUsed: string | undefined,
): Promise<Model | null> {
  const used = lastUsed === undefined ? null : await catalogue().find(lastUsed)
  if (used?.kind === kind) return used
  const ofKind = (await catalogue().models()).filter((model) => model.kind === kind)
  const newest = ofKind.toSorted((a, b) => (b.releasedAt ?? "").localeCompare(a.releasedAt ?? ""))
  const wordsAlone = newest.find(({ inputs }) => inputs.every((input) => input === "text"))
  return wordsAlone ?? newest[0] ?? null
}

/** The names of the models that wrote something, for as long as the catalogue knows them. */
export async function modelNames(ids: Iterable<string | null>): Promise<Record<string, string>> {
  const known = [...new Set(ids)].filter((id) => id !== null)
  const found = await Promise.all(
    known.map(async (id) => ({ id, model: await catalogue().find(id) })),
  )
  return Object.fromEntries(
    found.flatMap(({ id, model }) => (model ? [[id, model.name] as const] : [])),
  )
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
  const byPrice = newer.sort((a, b) => outputPrice(a) - outputPrice(b))
  return byPrice[Math.floor(byPrice.length / 2)] ?? null
}

/** What nobody tells the price of may be the dearest. */
function outputPrice({ outputUsdPerMillion }: Model): number {
  return outputUsdPerMillion ?? Number.MAX_VALUE
}
