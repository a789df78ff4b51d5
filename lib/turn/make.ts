import "server-only"
import { setTimeout as pause } from "node:timers/promises"
import { z } from "zod"
import type { Output, Progress } from "../aiml/protocol"
import { AppError, retryOf } from "../errors"
import { newId } from "../id"
import type { Model } from "../models"
import { type Judgement, judgementPart, refusal } from "../moderation"
import { sumUsd } from "../money"
import { plainText } from "../parts"
import { readAttachment, toInputFile } from "../server/attachments"
import { aiml } from "../server/wiring"
import { keepOutput } from "./keep-output"
import { type End, type Listener, notSent, type Question } from "./turn-event"

/** Pauses between two looks at a task: short at first, for what is quick. */
const firstPauseMs = 1_000
const longestPauseMs = 10_000
const totalMs = 30 * 60_000
/** Looks that may fail in a row before the task is given up. */
const failuresAllowed = 8

/**
 * Has a model make something of the last question: submitted once, asked about until it is done, each
 * result kept as a file of the user. Throws AppError, `invalid` with what is wrong or missing.
 */
export async function make(model: Model, question: Question, listener: Listener): Promise<End> {
  const { params: given, path, signal: stopped } = question
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(totalMs)])
  const requestId = newId()
  const { $slots, ...params } = given
  const parts = path.at(-1)?.parts ?? []
  const inputs = { text: plainText(parts), files: await filesOf(question, parts, $slots) }
  try {
    const context = { requestId, abortSignal: signal }
    const started = await aiml().start(model, { inputs, params, ...context })
    if (started.leftOut.length > 0) listener.part(notSent(started.leftOut))
    const { outputs, facts } = await finished(started, started.protocol, context)
    const judged: Judgement[] = []
    for (const output of outputs) await show(question, model, output, listener, judged)
    const costUsd = facts.costUsd ?? (await aiml().costOf(requestId))
    const guardUsd = judged.map((judgement) => judgement.costUsd)
    return {
      ...{ finishReason: null, ...facts, costUsd: sumUsd([costUsd, ...guardUsd]) },
      ...refusedEnd(judged, listener),
    }
  } catch (error) {
    if (signal.aborted && !stopped.aborted) throw new AppError("model_silent")
    throw error
  }
}

const slotsSchema = z.record(z.string(), z.string()).catch({})

async function filesOf(
  { user }: Question,
  parts: Question["path"][number]["parts"],
  slots: unknown,
) {
  const places = slotsSchema.parse(slots ?? {})
  const given = parts.filter((part) => part.type === "file")
  return await Promise.all(
    given.map(async (part) => {
      const file = toInputFile(await readAttachment(user, part))
      const slot = places[part.fileId]
      return { ...file, ...(slot !== undefined && { slot }) }
    }),
  )
}

type Done = Extract<Progress, { state: "done" }>

async function finished(
  started: Progress,
  protocol: string,
  context: { requestId: string; abortSignal: AbortSignal },
): Promise<Done> {
  let progress = started
  let pauseMs = firstPauseMs
  let failures = 0
  while (progress.state === "running") {
    await pause(pauseMs, undefined, { signal: context.abortSignal })
    pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)
    try {
      const { reference } = progress
      progress = keepingId(progress, await aiml().check({ protocol, reference }, context))
      failures = 0
    } catch (error) {
      // The task goes on at the upstream while a look at it fails.
      failures += 1
      const mayPass = error instanceof AppError && retryOf(error.code) === "later"
      if (!mayPass || failures > failuresAllowed) throw error
    }
  }
  return progress
}

/** The charge is booked under the id of the submission, not of the last look. */
function keepingId(before: Progress, after: Progress): Progress {
  const upstreamId = before.facts.upstreamId ?? after.facts.upstreamId
  return { ...after, facts: { ...after.facts, upstreamId } }
}

async function show(
  { user, signal }: Question,
  model: Model,
  output: Output,
  listener: Listener,
  judged: Judgement[],
): Promise<void> {
  if (output.type === "text") return listener.word("text", output.text)
  if (output.type === "data") return listener.part(output)
  const { source, name, mediaType } = output
  const made = { ...source, name: name ?? `${model.name} ${output.kind}`, mediaType }
  const onJudged = (judgement: Judgement) => judged.push(judgement)
  const part = await keepOutput(user, made, { signal, onJudged }).catch((error: unknown) => {
    // The other results are kept all the same.
    if (error instanceof AppError && error.code === "refused_by_moderation") return null
    throw error
  })
  if (part) listener.part(part)
}

/** How it ends: with all results, or without those that the guard refused. */
function refusedEnd(
  judged: readonly Judgement[],
  listener: Listener,
): Pick<End, "reason" | "error"> {
  const refused = judged.find(({ isSafe }) => !isSafe)
  if (!refused) return { reason: "complete" }
  listener.part(judgementPart(refused, "result"))
  const { code, message } = refusal(refused, "result")
  return { reason: "filtered", error: { code, message } }
}
