import "server-only"
import { createGeneration, type Generation, type InputRef, type Shown } from "../db/generations"
import type { User } from "../db/users"
import type { Params } from "../fields"
import { newId } from "../id"
import type { Model } from "../models"
import { owner } from "../server/owner"
import { checkReady } from "../server/readiness"
import { aiml } from "../server/wiring"
import { advanceHeld } from "./advance"
import { readInputs } from "./inputs"

type Wish = {
  model: Model
  prompt: string
  inputs: readonly InputRef[]
  params: Params
  /** The answer that will show it; null for the studio. */
  shown: Shown | null
}

/**
 * Begins a generation: once its row is there the work goes on, whoever waits for it or not. What is wrong or
 * missing is said (`invalid`) before anything is kept. `leftOut` says in words what the model cannot be given.
 * `worked` settles after the first step, for platforms that stop what nobody awaits.
 */
export async function startGeneration(
  user: User,
  { model, prompt, inputs, params, shown }: Wish,
): Promise<{ generation: Generation; leftOut: string[]; worked: Promise<void> }> {
  checkReady()
  const given = await readInputs(user, prompt, inputs)
  const { sent, leftOut } = await aiml().plan(model, { inputs: given, params })
  const row = {
    id: newId(),
    model: model.id,
    kind: model.kind,
    prompt,
    inputs,
    params,
    sent,
    shown,
  }
  const generation = await createGeneration(user, owner, row)
  return { generation, leftOut, worked: advanceHeld(generation.id) }
}
