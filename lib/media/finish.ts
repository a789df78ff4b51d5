import "server-only"
import type { Output, Progress } from "../aiml/protocol"
import { AppError } from "../base/errors"
import { isPermanent } from "../db/client"
import { type Ending, endGeneration } from "../db/generation-states"
import type { Generation, Work } from "../db/generations"
import { type Judgement, judgementPart, refusal } from "../message/judgement"
import type { Part } from "../message/message"
import { sumUsd } from "../models/money"
import { errorFields, log } from "../server/log"
import { publish } from "../server/subscribe"
import { aiml } from "../upstream/aiml"
import { askedModel } from "../upstream/offered-models"
import { keepOutput } from "./keep-output"
import { settleAnswer } from "./settle"

/**
 * Ends a generation with its results, each stored as a file of its user, or with its error; then notifies waiting
 * requests. For a stopped generation only the cost is recorded.
 */
export async function finish(
  work: Work,
  outcome: Extract<Progress, { state: "done" }> | AppError,
): Promise<void> {
  const isStopped = work.endedAt !== null
  const ending =
    outcome instanceof AppError ? failed(outcome) : await completed(work, outcome, isStopped)
  const costUsd = ending.costUsd ?? (await aiml().costOf(work.id))
  // What failed costs nothing, unless the books say otherwise.
  const priced = { ...ending, costUsd: costUsd ?? (ending.error ? 0 : null) }
  await tellEnd({ ...work, ...(await save(work.id, priced)) })
}

/**
 * Saves the ending and returns what was saved. If PostgreSQL rejects a value permanently, retries without it,
 * figures first.
 */
async function save(id: string, ending: Ending): Promise<Ending> {
  const withoutFigures = { ...ending, units: null, costUsd: null, upstreamId: null }
  for (const form of [ending, withoutFigures]) {
    try {
      await endGeneration(id, form)
      return form
    } catch (error) {
      if (!isPermanent(error)) throw error
      log("error", "generation-unwritable", { generationId: id, ...errorFields(error) })
    }
  }
  const lost = failed(new AppError("internal"))
  await endGeneration(id, lost)
  return lost
}

function failed({ code, message, requestId }: AppError): Ending {
  const error = { code, message, ...(requestId && { requestId }) }
  return { status: "failed", outputs: [], error, units: null, costUsd: null }
}

async function completed(
  work: Work,
  { outputs, facts }: Extract<Progress, { state: "done" }>,
  isStopped: boolean,
): Promise<Ending> {
  const charged = { units: facts.units, costUsd: facts.costUsd, error: null }
  const upstreamId = work.upstreamId ?? facts.upstreamId
  if (isStopped) return { ...charged, status: "complete", outputs: [], upstreamId }
  const parts: Part[] = []
  const judgements: Judgement[] = []
  for (const [place, output] of outputs.entries()) {
    const part = await keep(work, output, place, judgements).catch(unlessRefused)
    if (part) parts.push(part)
  }
  const guardUsd = sumUsd(judgements.map((judgement) => judgement.costUsd))
  const costUsd =
    guardUsd === null
      ? facts.costUsd
      : sumUsd([facts.costUsd ?? (await aiml().costOf(work.id)), guardUsd])
  const refused = judgements.find(({ isSafe }) => !isSafe)
  if (!refused) return { ...charged, status: "complete", outputs: parts, costUsd, upstreamId }
  const { error } = failed(refusal(refused, "result"))
  const shown = [...parts, judgementPart(refused, "result")]
  return { ...charged, status: "failed", outputs: shown, error, costUsd, upstreamId }
}

/** A refused result does not affect the others. */
function unlessRefused(error: unknown): null {
  if (error instanceof AppError && error.code === "refused_by_moderation") return null
  throw error
}

async function keep(
  work: Work,
  output: Output,
  place: number,
  judgements: Judgement[],
): Promise<Part> {
  if (output.type !== "media") return output
  const { source, name, mediaType } = output
  const model = await askedModel(work.model).catch(() => ({ name: work.model }))
  const made = { ...source, name: name ?? `${model.name} ${output.kind}`, mediaType }
  const origin = { generationId: work.id, place }
  const onJudged = (judgement: Judgement) => judgements.push(judgement)
  return await keepOutput(work.user, { ...made, origin, onJudged })
}

/** Publishes the progress of a generation to its user's tabs. */
export function tellProgress({
  id,
  user,
  ...rest
}: Pick<Generation, "id" | "status" | "progress" | "queuePosition"> & {
  user: { id: string }
}): void {
  const { status, progress, queuePosition } = rest
  const news = { type: "generation" as const, id, status, progress, queuePosition }
  publish({ about: "user", userId: user.id, news })
}

/**
 * Notifies waiting requests that a generation ended, and completes the answer that shows it if no other process
 * will.
 */
export async function tellEnd(
  work: Parameters<typeof tellProgress>[0] & { messageId: string | null },
): Promise<void> {
  publish({ about: "generation", generationId: work.id })
  tellProgress(work)
  if (work.messageId !== null) await settleAnswer(work.messageId, work.user)
}
