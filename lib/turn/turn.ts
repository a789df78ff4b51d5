import "server-only"
import { AppError } from "../base/errors"
import type { Params } from "../base/json"
import { limits } from "../base/limits"
import type { Answer } from "../db/answer-states"
import { listFiles, toFacts } from "../db/files"
import { requestStop } from "../db/runs"
import type { BegunTurn, TurnStart } from "../db/turns"
import type { User } from "../db/users"
import { settleAnswer } from "../media/settle"
import { stop as stopMaking } from "../media/stop"
import type { Cursor } from "../message/cursor"
import { withoutRefused } from "../message/judgement"
import { noFacts } from "../message/no-facts"
import type { Caller } from "../people/session"
import { errorFields, log } from "../server/log"
import { publishConversation } from "../server/publish"
import { checkReady } from "../server/readiness"
import { publish } from "../server/subscribe"
import { aiml } from "../upstream/aiml"
import { askedModel } from "../upstream/offered-models"
import { begin } from "./begin"
import { watchStops } from "./journal"
import { askIfAllowed, type Judging, judge } from "./judge"
import { type LocalRun, localRuns } from "./local-run"
import { saveAnswer } from "./save-answer"
import { isDone, retryUntilSaved } from "./save-until-done"
import type { Listener } from "./turn-event"

/** A turn as its door takes it: each model with its settings by the names of its schema. */
type NewTurn = Omit<TurnStart, "owner" | "answers"> & {
  answers: readonly { id: string; model: string; params: Params }[]
}

/**
 * Begins a turn: everything is committed before a model is asked, then the answers are written whether or
 * not anybody reads them. The same turn sent again only finds the first.
 */
export async function startTurn(
  caller: Caller,
  given: NewTurn,
): Promise<{ user: User; answers: { id: string; model: string }[]; written: Promise<unknown> }> {
  checkReady()
  const message = await checked(caller, given)
  const { turn, runs } = await begin(caller.keyHash, { ...given, message })
  const { user } = turn
  if (runs.length === 0) return { user, answers: turn.answers, written: Promise.resolve() }
  publishConversation(user, given.conversationId)
  const judging = judge(
    turn,
    given.answers.map(({ params }) => params),
  )
  const written = turn.answers.map((answer, index) => {
    const params = given.answers.find(({ id }) => id === answer.id)?.params ?? {}
    const run = runs[index]
    return run && writeAnswer(given.conversationId, turn, judging, { ...answer, params }, run)
  })
  return { user, answers: turn.answers, written: Promise.all(written) }
}

/** The question as it may be saved. Only what must be looked up first costs a statement of its own. */
async function checked(caller: Caller, { answers, message }: NewTurn): Promise<NewTurn["message"]> {
  const hasSettings = answers.some(({ params }) => Object.keys(params).length > 0)
  const hasFiles = message.parts.some(({ type }) => type === "file")
  if (!hasSettings && !hasFiles) return message
  const user = await caller.user()
  await Promise.all(answers.map(({ model, params }) => checkSettings(model, params)))
  return await withOwnFiles(user, message)
}

/** Settings that the model cannot have are refused before anything is saved, so that they can be mended. */
async function checkSettings(modelId: string, params: Params): Promise<void> {
  if (Object.keys(params).length === 0) return
  const problems = await aiml().checkParams(await askedModel(modelId), params)
  if (problems.length > 0) throw new AppError("invalid", { message: problems.join(" ") })
}

/** The files of a question as they are, not as the client says; `not_found` for those of others. */
async function withOwnFiles(user: User, message: NewTurn["message"]): Promise<NewTurn["message"]> {
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

/** Stops one answer of a conversation, or all that run in it; in whatever process they are written. */
export async function stop(
  user: User,
  conversationId: string,
  what: { messageId?: string | undefined; place?: Cursor | undefined },
): Promise<void> {
  for (const messageId of await requestStop(user, conversationId, what)) {
    const run = localRuns.get(messageId)
    if (run) run.stop("stopped", what.place)
    else publish({ about: "stop", messageId })
  }
  const { messageId } = what
  await stopMaking(user, { conversationId, ...(messageId !== undefined && { messageId }) })
}

async function writeAnswer(
  conversationId: string,
  { user, questionId, path: said, hasEarlier, answers }: BegunTurn,
  judging: Judging | null,
  { id, model, params }: { id: string; model: string; params: Params },
  run: LocalRun,
): Promise<void> {
  const clock = startClock()
  const unsubscribe = watchStops(run)
  let outcome: Outcome
  try {
    const question = {
      ...{ user, conversationId, answerId: id, model, params, path: withoutRefused(said) },
      ...{ questionId, hasEarlier, begun: run.parts, signal: run.signal },
    }
    const listener = listenerOf(run, clock)
    const end = await askIfAllowed(judging, answers.length, question, listener)
    const { reason, error = null, ...facts } = end
    outcome = run.stopReason ? stoppedOutcome(run) : { ...noFacts, ...facts, status: reason, error }
  } catch (error) {
    outcome = run.stopReason ? stoppedOutcome(run) : failedOutcome(error, { answerId: id, model })
  }
  unsubscribe()
  run.closeReasoning()
  const parts = outcome.status === "stopped" ? run.shownParts() : run.parts
  const answer: Answer = { ...outcome, ...clock.read(), parts }
  let isFollowed = run.isFollowed
  const save = async () => {
    isFollowed = (await saveAnswer(id, answer)) || isFollowed
  }
  // Readers hear of the end once it is saved, so that whoever looks next finds it; a database that is
  // away keeps them waiting for one try only.
  const isSaved = await isDone(save)
  run.finish(answer)
  if (!isSaved) await retryUntilSaved(save)
  localRuns.delete(id)
  // What it had made may have been done when nobody waited any more.
  if (run.hasMade) {
    await settleAnswer(id, user).catch((error: unknown) =>
      log("warn", "settle-failed", { answerId: id, ...errorFields(error) }),
    )
  }
  if (isFollowed) publish({ about: "run", messageId: id })
  publishConversation(user, conversationId)
}

type Outcome = Omit<Answer, "parts">

/** Puts what comes into a run, until it is stopped or floods. */
function listenerOf(run: LocalRun, clock: ReturnType<typeof startClock>): Listener {
  return {
    word(type, delta) {
      if (run.stopReason) return
      clock.mark()
      const room = limits.answerChars - run.chars
      run.append(type, delta.slice(0, room))
      if (delta.length > room) run.stop("flooded")
    },
    part(part) {
      if (run.stopReason) return
      clock.mark()
      run.add(part)
    },
  }
}

function stoppedOutcome(run: LocalRun): Outcome {
  if (run.stopReason === "flooded") {
    const { code, message } = new AppError("model_flooded")
    return { ...noFacts, status: "length", error: { code, message } }
  }
  if (run.stopReason === "unwritable") {
    const { code, message } = new AppError("internal")
    return { ...noFacts, status: "failed", error: { code, message } }
  }
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
