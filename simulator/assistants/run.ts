import { costOf, type Model } from "../catalogue"
import type { Cost } from "../dialects"
import type { Simulator } from "../exchange"
import type { Plan } from "../scenarios"
import type { Stage } from "./run-stage"
import { callDetails, endedStep, messageIdOf, type Step, stepsOf } from "./run-steps"
import type { CreateRun, Tool } from "./schemas"
import { type Assistant, type Content, seconds, type Thread, type ThreadMessage } from "./store"

export const lifetimeMs = 600_000

/** The one thing of a simulator that the progress of a run touches. */
type Books = Pick<Simulator, "ledger">

type RunStatus =
  | "queued"
  | "in_progress"
  | "requires_action"
  | "cancelling"
  | "cancelled"
  | "failed"
  | "completed"
  | "incomplete"
  | "expired"

/** An assistant at work on a thread. */
export interface Run {
  id: string
  thread: Thread
  assistant: Assistant
  settings: Omit<CreateRun, "additional_messages" | "additional_instructions">
  model: Model
  tools: Tool[]
  instructions: string
  plan: Plan
  createdAt: number
  /** One, and another whenever the client has answered a call. */
  stages: [Stage, ...Stage[]]
  status: RunStatus
  startedAt?: number
  endedAt?: number
  steps: Step[]
  bill?: { used: { input: number; output: number }; cost: Cost }
  clientRequestId: string | undefined
  keyPrefix: string
}

const active: readonly RunStatus[] = ["queued", "in_progress", "requires_action", "cancelling"]

/** Whether a run is not over yet. */
export const isActive = ({ status }: Run) => active.includes(status)

export const stageOf = ({ stages }: Run): Stage => stages.at(-1) ?? stages[0]

/** Ends a run, and with it what it was still waiting for. */
function end(run: Run, status: "cancelled" | "expired" | "failed", now: number): void {
  run.status = status
  run.endedAt = now
  run.steps = run.steps.map((step) =>
    step.status === "in_progress" ? { ...step, status, endedAt: now } : step,
  )
}

/** What an assistant says at the end of a run. */
export function answerMessage(run: Run, now: number, isBegun = false): ThreadMessage {
  const { answer, annotations } = stageOf(run)
  const value = answer.said.map((piece) => piece.text).join("")
  const whole: Content = answer.isRefusal
    ? { type: "refusal", refusal: value }
    : { type: "text", text: { value, annotations } }
  const reason = incompleteReason(run)
  return {
    id: messageIdOf(run),
    object: "thread.message",
    created_at: seconds(now),
    assistant_id: run.assistant.id,
    thread_id: run.thread.id,
    run_id: run.id,
    status: isBegun ? "in_progress" : reason ? "incomplete" : "completed",
    incomplete_details: reason && !isBegun ? { reason: "max_tokens" } : null,
    completed_at: isBegun || reason ? null : seconds(now),
    incomplete_at: reason && !isBegun ? seconds(now) : null,
    role: "assistant",
    content: isBegun ? [] : [whole],
    attachments: [],
    metadata: {},
  }
}

/** Why a run ends without having said all, if it does. */
export function incompleteReason(run: Run): string | undefined {
  const { finishReason } = stageOf(run).answer
  if (finishReason === "length") return "max_completion_tokens"
  return finishReason === "content_filter" ? "content_filter" : undefined
}

function book(
  { ledger }: Books,
  { id: inferenceId, model, clientRequestId, keyPrefix }: Run,
  status: "succeeded" | "failed",
  { used: tokens, credits }: { used: { input: number; output: number }; credits: number },
): void {
  ledger.add({ model: model.id, status, credits, tokens, inferenceId, clientRequestId, keyPrefix })
}

function charge(books: Books, run: Run): void {
  const used = { input: 0, output: 0 }
  for (const stage of run.stages) {
    used.input += stage.used.input
    used.output += stage.used.output
  }
  const cost = costOf(run.model, { token: used })
  run.bill = { used, cost }
  book(books, run, "succeeded", { used, credits: cost.credits_used })
}

/** Carries out what the current stage has come to: once, whoever notices first that it is due. */
export function finishStage(books: Books, run: Run, now = Date.now()): void {
  const stage = stageOf(run)
  if (stage.isDone || !isActive(run)) return
  stage.isDone = true
  if (run.plan.job.error) {
    end(run, "failed", now)
    book(books, run, "failed", { used: { input: 0, output: 0 }, credits: 0 })
    return
  }
  run.steps.push(...stepsOf(run, stage, now).map((step) => endedStep(run, stage, step, now)))
  if (stage.answer.toolCall) {
    run.status = "requires_action"
    return
  }
  run.thread.messages.push(answerMessage(run, now))
  run.status = incompleteReason(run) ? "incomplete" : "completed"
  run.endedAt = now
  charge(books, run)
}

/** Brings a run to where it stands by now. */
export function advanceRun(books: Books, run: Run, now = Date.now()): Run {
  if (!isActive(run)) return run
  if (run.status === "cancelling") end(run, "cancelled", now)
  if (run.status === "queued" || run.status === "in_progress") {
    const { queueMs, generatingMs, isEndless } = run.plan.job
    const { startedAt } = stageOf(run)
    const workFrom = startedAt + queueMs
    if (now >= workFrom) {
      run.status = "in_progress"
      run.startedAt ??= workFrom
    }
    const doneAt = workFrom + generatingMs
    if (!isEndless && now >= doneAt && doneAt < run.createdAt + lifetimeMs) {
      finishStage(books, run, doneAt)
    }
  }
  if (isActive(run) && now >= run.createdAt + lifetimeMs) {
    end(run, "expired", run.createdAt + lifetimeMs)
  }
  return run
}

/** Goes on with a run whose call has been answered. */
export function addStage(run: Run, stage: Stage, output: string, now: number): void {
  const asked = stageOf(run)
  run.steps = run.steps.map((step) =>
    step.status === "in_progress"
      ? { ...step, details: callDetails(asked, output), status: "completed", endedAt: now }
      : step,
  )
  run.stages.push(stage)
  run.status = "queued"
}
