import { token } from "../random"
import type { Run } from "./run"
import type { Stage } from "./run-stage"
import { seconds } from "./store"

/** One thing a run did. */
export interface Step {
  id: string
  type: "tool_calls" | "message_creation"
  details: object
  status: "in_progress" | "cancelled" | "failed" | "completed" | "expired"
  createdAt: number
  endedAt?: number
  used: { input: number; output: number }
}

export const messageIdOf = (run: Run) => `msg_${token(`${run.id} ${run.stages.length}`, 24)}`

const resultsOf = (stage: Stage) =>
  (stage.passages ?? []).map(({ file, text, score }) => ({
    file_id: file.id,
    file_name: file.name,
    score,
    content: [{ type: "text", text }],
  }))

/** The details of a search of files. Its results are told once it is over. */
const searchDetails = (run: Run, stage: Stage, isOver: boolean) => ({
  type: "tool_calls",
  tool_calls: [
    {
      id: `call_${token(`search ${run.id}`, 24)}`,
      type: "file_search",
      file_search: isOver
        ? {
            ranking_options: { ranker: "default_2024_08_21", score_threshold: 0 },
            results: resultsOf(stage),
          }
        : {},
    },
  ],
})

/** The details of a call of the client's function, with what it gave back as far as that is known. */
export function callDetails({ answer }: Stage, output: string | null = null) {
  const calls = answer.toolCall ? [answer.toolCall] : []
  return {
    type: "tool_calls",
    tool_calls: calls.map((call) => ({ ...call, function: { ...call.function, output } })),
  }
}

/** The steps that a stage consists of, all of them begun and none of them over. */
export function stepsOf(run: Run, stage: Stage, now: number): Step[] {
  const id = (kind: string) => `step_${token(`${kind} ${run.id} ${run.stages.length}`, 24)}`
  const begun = { status: "in_progress", createdAt: now, used: { input: 0, output: 0 } } as const
  const search: Step = {
    ...begun,
    id: id("search"),
    type: "tool_calls",
    details: searchDetails(run, stage, false),
  }
  const last: Step = stage.answer.toolCall
    ? { ...begun, id: id("call"), type: "tool_calls", details: callDetails(stage) }
    : {
        ...begun,
        id: id("message"),
        type: "message_creation",
        details: {
          type: "message_creation",
          message_creation: { message_id: messageIdOf(run) },
        },
      }
  return [...(stage.passages ? [search] : []), { ...last, used: stage.used }]
}

/** A step of a stage that is over. A call of a function goes on until the client has answered it. */
export function endedStep(run: Run, stage: Stage, step: Step, now: number): Step {
  const isSearch = step.type === "tool_calls" && stage.passages !== undefined
  if (step.type === "tool_calls" && !isSearch) return step
  const details = isSearch ? searchDetails(run, stage, true) : step.details
  return { ...step, details, status: "completed", endedAt: now }
}

export function stepBody(run: Run, step: Step): { id: string } & Record<string, unknown> {
  const { id, type, details, status, createdAt, endedAt, used } = step
  const endedAs = (wanted: Step["status"]) =>
    status === wanted && endedAt !== undefined ? seconds(endedAt) : null
  return {
    id,
    object: "thread.run.step",
    created_at: seconds(createdAt),
    run_id: run.id,
    assistant_id: run.assistant.id,
    thread_id: run.thread.id,
    type,
    status,
    cancelled_at: endedAs("cancelled"),
    completed_at: endedAs("completed"),
    expired_at: endedAs("expired"),
    failed_at: endedAs("failed"),
    last_error: null,
    metadata: {},
    step_details: details,
    usage:
      status === "completed"
        ? {
            prompt_tokens: used.input,
            completion_tokens: used.output,
            total_tokens: used.input + used.output,
          }
        : null,
  }
}
