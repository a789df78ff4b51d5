import { type Beat, namedEvent, type Script } from "../delivery"
import type { Simulator } from "../exchange"
import { advanceRun, answerMessage, finishStage, type Run, stageOf } from "./run"
import { runBody } from "./run-body"
import { endedStep, messageIdOf, type Step, stepBody, stepsOf } from "./run-steps"

const structure = (line: string, tokens = 0): Beat => ({ line, tokens, text: "" })

function stepDelta(step: Step, details: object): string {
  const delta = { step_details: { type: "tool_calls", ...details } }
  return namedEvent("thread.run.step.delta", {
    id: step.id,
    object: "thread.run.step.delta",
    delta,
  })
}

function messageDelta(run: Run, content: object): string {
  const delta = { content: [{ index: 0, ...content }] }
  const id = messageIdOf(run)
  return namedEvent("thread.message.delta", { id, object: "thread.message.delta", delta })
}

function* begin(run: Run, step: Step): Generator<Beat> {
  yield structure(namedEvent("thread.run.step.created", stepBody(run, step)))
  yield structure(namedEvent("thread.run.step.in_progress", stepBody(run, step)))
}

function* callBeats(run: Run, step: Step): Generator<Beat> {
  const { toolCall } = stageOf(run).answer
  if (!toolCall) return
  const { id, type, function: called } = toolCall
  const head = { index: 0, id, type, function: { name: called.name, arguments: "", output: null } }
  yield { line: stepDelta(step, { tool_calls: [head] }), tokens: 4, text: called.name }
  for (const text of called.arguments.match(/[\s\S]{1,12}/g) ?? []) {
    const part = { index: 0, type, function: { arguments: text } }
    yield { line: stepDelta(step, { tool_calls: [part] }), tokens: 3, text }
  }
}

function* messageBeats(run: Run): Generator<Beat> {
  const { answer, annotations } = stageOf(run)
  const begun = answerMessage(run, Date.now(), true)
  yield structure(namedEvent("thread.message.created", begun))
  yield structure(namedEvent("thread.message.in_progress", begun))
  for (const [index, { text, tokens }] of answer.said.entries()) {
    const first = index === 0 && { annotations: [] }
    const content = answer.isRefusal
      ? { type: "refusal", refusal: text }
      : { type: "text", text: { value: text, ...first } }
    yield { line: messageDelta(run, content), tokens, text }
  }
  if (annotations.length === 0) return
  const cited = annotations.map((annotation, index) => ({ index, ...annotation }))
  yield structure(messageDelta(run, { type: "text", text: { value: "", annotations: cited } }))
}

function* stageBeats(run: Run): Generator<Beat> {
  if (run.plan.job.error) return
  const stage = stageOf(run)
  for (const step of stepsOf(run, stage, Date.now())) {
    yield* begin(run, step)
    const ended = endedStep(run, stage, step, Date.now())
    if (step.type === "message_creation") yield* messageBeats(run)
    else if (ended.status === "completed") {
      yield structure(namedEvent("thread.run.step.completed", stepBody(run, ended)), 8)
    } else yield* callBeats(run, step)
  }
}

function* untilCancelled(run: Run, beats: Iterable<Beat>): Generator<Beat> {
  for (const beat of beats) {
    if (run.status === "cancelling" || run.status === "cancelled") return
    yield beat
  }
}

/** The events that say what a stage has come to. */
function ending(run: Run): string[] {
  const events: string[] = []
  const last = run.steps.at(-1)
  if (last?.type === "message_creation") {
    const message = run.thread.messages.find(({ id }) => id === messageIdOf(run))
    if (message) events.push(namedEvent(`thread.message.${message.status}`, message))
    events.push(namedEvent("thread.run.step.completed", stepBody(run, last)))
  }
  events.push(namedEvent(`thread.run.${run.status}`, runBody(run)))
  return [...events, "event: done\ndata: [DONE]\n\n"]
}

/** The current stage of a run as a stream; `before` are events that come first. */
export function runScript(simulator: Simulator, run: Run, before: string[]): Script {
  const { queueMs } = run.plan.job
  const state = (status: Run["status"]) => {
    run.status = status
    return namedEvent(`thread.run.${status}`, runBody(run))
  }
  const queued = state("queued")
  // Who streams has waited already, so whoever asks meanwhile must not be told of a queue.
  stageOf(run).startedAt -= queueMs
  run.startedAt ??= Date.now()
  return {
    opening: [...before, queued, state("in_progress")],
    beats: untilCancelled(run, stageBeats(run)),
    closing: () => {
      // A cancellation that came meanwhile goes before what the run would have come to.
      advanceRun(simulator, run)
      finishStage(simulator, run)
      return ending(run)
    },
    brokenLine: 'event: thread.message.delta\ndata: {"id":"msg_\n\n',
    errorLine: (statusCode, message) => {
      const code = statusCode === 429 ? "rate_limit_exceeded" : "server_error"
      return namedEvent("error", { error: { type: code, code, message } })
    },
  }
}
