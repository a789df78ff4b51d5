import "server-only"
import { retiredWords } from "../aiml/catalogue/retired"
import { AppError } from "../base/errors"
import { findLastModel } from "../db/messages"
import type { User } from "../db/users"
import type { Model, ModelKind } from "../models/model"
import { env } from "../server/env"
import { catalogue } from "./catalogue"

/**
 * The model with this id or alias. An unlisted id is accepted while the list is unreliable. Throws `model_gone`;
 * for a retired model the message names its successor.
 */
export async function askedModel(id: string): Promise<Model> {
  const place = await catalogue().whereIs(id)
  if (place.state === "retired") throw new AppError("model_gone", { message: retiredWords(place) })
  if (!place.model) throw new AppError("model_gone")
  return place.model
}

/**
 * The default model of a new conversation: the last one used or its successor, the operator's choice, or a
 * mid-priced one.
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

/** A chat model when none was chosen: the operator's choice, or a mid-priced one. */
export async function talkingModel(): Promise<Model | null> {
  const { DEFAULT_MODEL } = env()
  const chosen = DEFAULT_MODEL ? await catalogue().find(DEFAULT_MODEL) : null
  return chosen?.kind === "text" ? chosen : fairModel(await catalogue().models())
}

/**
 * The model initially selected in a studio form: the last one used, otherwise the newest that needs only a prompt.
 */
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

/** The names of models that wrote answers, as far as the catalogue still has them. */
export async function modelNames(ids: Iterable<string | null>): Promise<Record<string, string>> {
  const distinct = [...new Set(ids)].filter((id) => id !== null)
  const models = await Promise.all(
    distinct.map(async (id) => ({ id, model: await catalogue().find(id) })),
  )
  return Object.fromEntries(
    models.flatMap(({ id, model }) => (model ? [[id, model.name] as const] : [])),
  )
}

/** Without a choice: the median-priced model among the newer half of capable chat models. */
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

/** A model without a price may be the most expensive. */
function outputPrice({ outputUsdPerMillion }: Model): number {
  return outputUsdPerMillion ?? Number.MAX_VALUE
}
