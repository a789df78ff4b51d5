import "server-only"
import { newId } from "../base/id"
import type { Params } from "../base/json"
import { createGeneration } from "../db/generation-states"
import type { Generation, InputRef, Shown } from "../db/generations"
import type { User } from "../db/users"
import { type Judgement, refusal, wordsIn } from "../message/judgement"
import type { Model } from "../models/model"
import { isModerated, moderate } from "../moderation/moderate"
import { stayFor } from "../server/after-requests"
import { errorFields, log } from "../server/log"
import { owner } from "../server/process-id"
import { checkReady } from "../server/readiness"
import { aiml } from "../upstream/aiml"
import { advanceHeld } from "./advance"
import { untilEnded } from "./follow"
import { findInputs, type Input, toInputs, toParts } from "./inputs"

type Wish = {
  model: Model
  prompt: string
  inputs: readonly InputRef[]
  params: Params
  /** The answer that will show the result; null in the studio. */
  shown: Shown | null
}

/**
 * Starts a generation that was not moderated as part of a turn: from the studio, or requested by a model. Also
 * throws `refused_by_moderation` and `moderation_unavailable`. `guardUsd` is the cost of moderation.
 */
export async function startJudged(
  user: User,
  wish: Wish,
  signal?: AbortSignal,
): Promise<Started & { guardUsd: number | null }> {
  checkReady()
  const inputs = await findInputs(user, wish.inputs)
  const judgement = isModerated() ? await judgeWish(user, wish, inputs, signal) : null
  if (judgement && !judgement.isSafe) throw refusal(judgement, "wish")
  return { ...(await begin(user, wish, inputs)), guardUsd: judgement?.costUsd ?? null }
}

async function judgeWish(
  user: User,
  { prompt, params }: Wish,
  inputs: readonly Input[],
  signal?: AbortSignal,
): Promise<Judgement | null> {
  const text = [prompt, ...wordsIn(params)].join("\n\n")
  return await moderate({ user, text, files: toParts(inputs), ...(signal && { signal }) })
}

type Started = { generation: Generation; leftOut: string[] }

/** The platform ends a function 300 s after its request arrived. */
const stayMs = 240_000

/**
 * Starts a generation. Once its row exists the work continues whether or not the request does. Throws `invalid`
 * before anything is stored. `leftOut` explains which inputs the model cannot take.
 */
export async function startGeneration(user: User, wish: Wish): Promise<Started> {
  checkReady()
  return await begin(user, wish, await findInputs(user, wish.inputs))
}

async function begin(user: User, wish: Wish, inputs: readonly Input[]): Promise<Started> {
  const { model, prompt, params } = wish
  const plan = { inputs: toInputs(prompt, inputs), params }
  const { sent, leftOut } = await aiml().plan(model, plan)
  const row = { ...wish, id: newId(), model: model.id, kind: model.kind, sent }
  const generation = await createGeneration(user, owner, row)
  const worked = advanceHeld(generation.id)
  // Without background workers the original request keeps advancing it.
  stayFor(() => worked.then(() => stayWith(generation.id)))
  return { generation, leftOut }
}

async function stayWith(id: string): Promise<void> {
  await untilEnded(id, AbortSignal.timeout(stayMs)).catch((error: unknown) =>
    // Any later poll or sweep continues it.
    log("info", "generation-left", { generationId: id, ...errorFields(error) }),
  )
}
