import "server-only"
import { listFiles, toFacts } from "../db/files"
import { listPath } from "../db/messages"
import { type Answer, finishRun, requestStop, saveProgress } from "../db/runs"
import { type BegunTurn, beginTurn, type TurnStart } from "../db/turns"
import type { User } from "../db/users"
import { AppError } from "../errors"
import type { Params } from "../fields"
import { limits } from "../limits"
import { errorFields, log } from "../server/log"
import { askedModel } from "../server/offered-models"
import { checkReady } from "../server/readiness"
import { aiml } from "../server/wiring"
import { ask } from "./ask"
import { LiveRun, liveRuns } from "./live-run"
import { owner } from "./owner"
import { isDone, retryUntilSaved } from "./retry"
import type { TurnEvent } from "./turn-event"

const heartbeatMs = 2_000

/** A turn as its door takes it: `params` are the model's settings by the names of its schema. */
type Speaking = Omit<TurnStart, "owner"> & { params: Params }

/**
 * Begins a turn: everything is committed before the model is asked, then the answer is written whether
 * or not anybody reads it. The same turn sent again only finds the first.
 */
export async function speak(
  user: User,
  { params, ...given }: Speaking,
): Promise<{ answerId: string; written: Promise<void> }> {
  checkReady()
  await checkSettings(given.model, params)
  const start = { ...given, message: await withOwnFiles(user, given.message) }
  const turn = await beginTurn(user, { ...start, owner })
  if (!turn.isNew) return { answerId: turn.answerId, written: Promise.resolve() }
  const run = new LiveRun()
  liveRuns.set(turn.answerId, run)
  return { answerId: turn.answerId, written: writeAnswer(user, { ...start, params }, turn, run) }
}

/** Settings that the model cannot have are refused before anything is saved, so that they can be mended. */
async function checkSettings(modelId: string, params: Params): Promise<void> {
  if (Object.keys(params).length === 0) return
  const problems = await aiml().checkParams(await askedModel(modelId), params)
  if (problems.length > 0) throw new AppError("invalid", { message: problems.join(" ") })
}

/** The files of a question as they are, not as the client says; `not_found` for those of others. */
async function withOwnFiles(
  user: User,
  message: Speaking["message"],
): Promise<Speaking["message"]> {
  const given = message.parts.filter((part) => part.type === "file")
  if (given.length === 0) return message
  const files = new Map(
    (
      await listFiles(
        user,
        given.map(({ fileId }) => fileId),
      )
    ).map((file) => [file.id, file]),
  )
  const parts = message.parts.map((part) => {
    const file = part.type === "file" ? files.get(part.fileId) : undefined
    if (!file) return part
    const { id, ...facts } = toFacts(file)
    return { type: "file" as const, fileId: id, ...facts }
  })
  return { ...message, parts }
}

/** Stops whatever answers in a conversation, here at once and elsewhere by the next heartbeat. */
export async function stop(user: User, conversationId: string): Promise<void> {
  for (const messageId of await requestStop(user, conversationId)) {
    liveRuns.get(messageId)?.stop("stopped")
  }
}

async function writeAnswer(
  user: User,
  { conversationId, model, params }: Speaking,
  { answerId, questionId }: BegunTurn,
  run: LiveRun,
): Promise<void> {
  const clock = startClock()
  const stopBeating = startBeating(answerId, run)
  let outcome: Outcome
  try {
    const path = await listPath(user, conversationId, questionId)
    const events = ask({ user, model, params, path, signal: run.signal })
    const last = await readAnswer(events, run, clock)
    outcome = last ?? stoppedOutcome(run)
  } catch (error) {
    outcome = run.stopReason ? stoppedOutcome(run) : failedOutcome(error, { answerId, model })
  }
  run.closeReasoning()
  const answer: Answer = { ...outcome, ...clock.read(), parts: run.parts }
  await stopBeating()
  const save = () => finishRun(answerId, answer)
  // Readers hear of the end once it is saved, so that whoever looks next finds it; a database that is
  // away keeps them waiting for one try only.
  const isSaved = await isDone(save)
  run.finish(answer)
  if (!isSaved) await retryUntilSaved(save)
  liveRuns.delete(answerId)
}

type Outcome = Omit<Answer, "parts" | "firstTokenMs" | "totalMs">

async function readAnswer(
  events: AsyncIterable<TurnEvent>,
  run: LiveRun,
  clock: ReturnType<typeof startClock>,
): Promise<Outcome | null> {
  for await (const event of events) {
    if (event.type === "end") {
      const { reason, type, ...facts } = event
      return { ...facts, status: reason, error: null }
    }
    clock.mark()
    if (event.type === "part") run.add(event.part)
    else run.append(event.type, event.delta)
    if (run.chars > limits.answerChars) {
      run.stop("stopped")
      const { code, message } = new AppError("model_flooded")
      return { ...noFacts, status: "length", error: { code, message } }
    }
  }
  return null
}

const noFacts = { finishReason: null, usage: null, units: null, costUsd: null, upstreamId: null }

function stoppedOutcome(run: LiveRun): Outcome {
  const status = run.stopReason === "interrupted" ? "interrupted" : "stopped"
  return { ...noFacts, status, error: null }
}

function failedOutcome(error: unknown, context: { answerId: string; model: string }): Outcome {
  const failure = error instanceof AppError ? error : new AppError("internal", { cause: error })
  log("warn", "answer-failed", { ...context, code: failure.code, ...errorFields(error) })
  const { code, message, requestId } = failure
  const status = code === "model_cut" || code === "model_silent" ? "interrupted" : "failed"
  return { ...noFacts, status, error: { code, message, ...(requestId ? { requestId } : {}) } }
}

// One at a time, and none after the end: a late beat would call a finished answer running.
function startBeating(answerId: string, run: LiveRun): () => Promise<void> {
  let beating: Promise<void> = Promise.resolve()
  let isBusy = false
  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    beating = beat(answerId, run).finally(() => {
      isBusy = false
    })
  }, heartbeatMs)
  return () => {
    clearInterval(timer)
    return beating
  }
}

// The database may be away for a while; the answer goes on in memory and the next beat saves it.
async function beat(answerId: string, run: LiveRun): Promise<void> {
  try {
    const word = await saveProgress(answerId, owner, run.parts)
    if (word !== "go-on" && !run.end) run.stop(word === "stop" ? "stopped" : "interrupted")
  } catch (error) {
    log("warn", "checkpoint-failed", { answerId, ...errorFields(error) })
  }
}

function startClock() {
  const begun = performance.now()
  let firstTokenMs: number | null = null
  const passed = () => Math.round(performance.now() - begun)
  return {
    mark: () => {
      firstTokenMs ??= passed()
    },
    read: () => ({ firstTokenMs, totalMs: passed() }),
  }
}
