import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import type { Progress } from "../aiml/protocol"
import { AppError, type ErrorCode, retryOf } from "../base/errors"
import { newId } from "../base/id"
import type { Params } from "../base/json"
import type { ModelForm } from "../models/fields"
import type { Model } from "../models/model"
import { aiml } from "../upstream/aiml"
import { needsNobody, voiceModels } from "./voice-models"

export type Done = Extract<Progress, { state: "done" }>
type Inputs = Parameters<ReturnType<typeof aiml>["start"]>[1]["inputs"]

type Asking = {
  kind: "speech" | "transcription"
  inputs: Inputs
  /** Settings for a model, depending on its form. */
  params: (form: ModelForm) => Params
  signal: AbortSignal
}

/** Number of models tried before giving up. */
const tries = 3
/** Errors caused by the model rather than by the input; the next model is tried. */
const passedOn = new Set<ErrorCode>([
  "invalid",
  "model_gone",
  "model_refused",
  "model_failed",
  "model_maintenance",
  "service_forbidden",
])

/**
 * Runs a job on the first model that can do it and waits for the result. Throws AppError; `model_gone` if there is
 * no model.
 */
export async function askAny(asking: Asking): Promise<Done> {
  let failure = new AppError("model_gone")
  let left = tries
  for (const model of await voiceModels(asking.kind)) {
    const form = await aiml().form(model)
    if (!needsNobody(form, asking.kind)) continue
    try {
      return await askOne(model, form, asking)
    } catch (error) {
      left -= 1
      if (!(error instanceof AppError) || !passedOn.has(error.code) || left === 0) throw error
      failure = error
    }
  }
  throw failure
}

async function askOne(model: Model, form: ModelForm, asking: Asking): Promise<Done> {
  const { inputs, params, signal: abortSignal } = asking
  const context = { requestId: newId(), abortSignal }
  const started = await aiml().start(model, { inputs, params: params(form), ...context })
  return await finished(started, started.protocol, context)
}

// Someone is waiting, so polls are frequent.
const firstPauseMs = 300
const longestPauseMs = 2_000
/** Consecutive polls that may fail. */
const failuresAllowed = 3

async function finished(
  started: Progress,
  protocol: string,
  context: { requestId: string; abortSignal: AbortSignal },
): Promise<Done> {
  let progress = started
  let failures = 0
  for (let pauseMs = firstPauseMs; progress.state === "running"; ) {
    await pause(pauseMs, undefined, { signal: context.abortSignal })
    pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)
    try {
      progress = await aiml().check({ protocol, reference: progress.reference }, context)
      failures = 0
    } catch (error) {
      failures += 1
      const mayPass = error instanceof AppError && retryOf(error.code) === "later"
      if (!mayPass || failures > failuresAllowed) throw error
    }
  }
  return progress
}
