import { deliverStream, namedEvent } from "../delivery"
import { type Exchange, Refusal, type Route } from "../exchange"
import { answeredInstead } from "../gate"
import { prefixOf } from "../key-store"
import { parseBody } from "../parse"
import { requireSpending } from "../spending"
import { assistantModel } from "./assistants"
import { sendPage } from "./lists"
import { addStage, advanceRun, isActive, type Run, stageOf } from "./run"
import { runBody } from "./run-body"
import { answeredChat, chatOf, makeStage } from "./run-stage"
import { stepBody } from "./run-steps"
import { runScript } from "./run-stream"
import {
  type CreateRun,
  createRunSchema,
  createThreadAndRunSchema,
  metadataOnlySchema,
  toolOutputsSchema,
} from "./schemas"
import { assistantsIn, found, newId, type Thread } from "./store"
import { addMessage, messageText } from "./thread-messages"
import { createThread, threadBody, threadOf } from "./threads"

/** A new run on a thread, with its first stage thought through. */
function createRun(exchange: Exchange, thread: Thread, body: CreateRun): Run {
  const state = assistantsIn(exchange.simulator)
  const assistant = found(state.assistants.get(body.assistant_id), "assistant", body.assistant_id)
  const running = thread.runs.find((run) => isActive(advanceRun(exchange.simulator, run)))
  if (running) {
    const words = `Thread ${thread.id} already has an active run ${running.id}.`
    throw new Refusal(400, `400 ${words}`)
  }
  const { additional_instructions: more, additional_messages: messages, ...settings } = body
  const model = assistantModel(exchange, settings.model ?? assistant.model)
  exchange.model = model
  requireSpending(exchange, "chat")
  for (const message of messages ?? []) addMessage(exchange, thread, message)
  const asked = thread.messages.findLast(({ role }) => role === "user")
  exchange.entry.prompt = asked ? messageText(asked) : ""
  const now = Date.now()
  const instructions = settings.instructions ?? assistant.instructions
  const run = {
    id: newId(exchange, "run_"),
    thread,
    assistant,
    settings,
    model,
    tools: settings.tools ?? assistant.tools,
    instructions: [instructions, more].filter(Boolean).join("\n\n"),
    plan: exchange.simulator.rules.planFor(exchange.entry.prompt),
    createdAt: now,
    status: "queued" as const,
    steps: [],
    clientRequestId: exchange.clientRequestId,
    keyPrefix: prefixOf(exchange.bearer),
  }
  return { ...run, stages: [makeStage(state, run, chatOf(state, run), now)] }
}

/** Sends a run that was just made: as it stands, or as a stream of all it does. */
async function sendNew(exchange: Exchange, run: Run, before: string[] = []): Promise<void> {
  if (await answeredInstead(exchange, run.plan)) return exchange.failed()
  run.thread.runs.push(run)
  exchange.response.setHeader("x-inference-id", run.id)
  if (!run.settings.stream) return exchange.sendJson(201, runBody(run))
  const created = namedEvent("thread.run.created", runBody(run))
  const script = runScript(exchange.simulator, run, [...before, created])
  await deliverStream(exchange, 200, run.plan, script)
}

async function create(exchange: Exchange, [threadId = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const thread = threadOf(exchange, threadId)
  const body = await parseBody(exchange, createRunSchema)
  await sendNew(exchange, createRun(exchange, thread, body))
}

async function createWithThread(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const {
    thread: asked,
    tool_resources,
    ...body
  } = await parseBody(exchange, createThreadAndRunSchema)
  const resources = tool_resources ?? asked?.tool_resources
  const thread = createThread(exchange, { ...asked, tool_resources: resources })
  const run = createRun(exchange, thread, body)
  await sendNew(exchange, run, [namedEvent("thread.created", threadBody(thread))])
}

/** The run of an address, as it stands by now. */
function runOf(exchange: Exchange, threadId: string, id: string): Run {
  const thread = threadOf(exchange, threadId)
  const run = found(
    thread.runs.find((candidate) => candidate.id === id),
    "run",
    id,
  )
  exchange.response.setHeader("x-inference-id", id)
  return advanceRun(exchange.simulator, run)
}

function list(exchange: Exchange, [threadId = ""]: string[]): void {
  exchange.requireKey()
  const { runs } = threadOf(exchange, threadId)
  sendPage(
    exchange,
    runs.map((run) => runBody(advanceRun(exchange.simulator, run))),
  )
}

function show(exchange: Exchange, [threadId = "", id = ""]: string[]): void {
  exchange.requireKey()
  exchange.sendJson(200, runBody(runOf(exchange, threadId, id)))
}

async function update(exchange: Exchange, [threadId = "", id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const run = runOf(exchange, threadId, id)
  const { metadata } = await parseBody(exchange, metadataOnlySchema)
  if (metadata) run.settings.metadata = metadata
  exchange.sendJson(200, runBody(run))
}

function cancel(exchange: Exchange, [threadId = "", id = ""]: string[]): void {
  exchange.requireKey()
  const run = runOf(exchange, threadId, id)
  if (!isActive(run)) {
    throw new Refusal(400, `400 Cannot cancel run with status '${run.status}'.`)
  }
  run.status = "cancelling"
  exchange.sendJson(200, runBody(run))
}

async function submit(exchange: Exchange, [threadId = "", id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const run = runOf(exchange, threadId, id)
  const { tool_outputs: given, stream } = await parseBody(exchange, toolOutputsSchema)
  const asked = stageOf(run)
  const callId = asked.answer.toolCall?.id
  if (run.status !== "requires_action" || callId === undefined) {
    const words = `Runs in status "${run.status}" do not accept tool outputs.`
    throw new Refusal(400, `400 ${words}`)
  }
  const fitting = given.find((output) => output.tool_call_id === callId)
  if (!fitting || given.length > 1) {
    const ids = given.map((output) => `'${output.tool_call_id}'`).join(", ")
    const words = `Expected tool outputs for call_ids ['${callId}'], got [${ids}]`
    throw new Refusal(400, `400 ${words}`)
  }
  const { output = "" } = fitting
  const now = Date.now()
  const state = assistantsIn(exchange.simulator)
  addStage(run, makeStage(state, run, answeredChat(asked, [output]), now), output, now)
  if (!stream) return exchange.sendJson(200, runBody(run))
  const called = run.steps.at(-1)
  const before = called ? [namedEvent("thread.run.step.completed", stepBody(run, called))] : []
  await deliverStream(exchange, 200, run.plan, runScript(exchange.simulator, run, before))
}

function listSteps(exchange: Exchange, [threadId = "", id = ""]: string[]): void {
  exchange.requireKey()
  const run = runOf(exchange, threadId, id)
  sendPage(
    exchange,
    run.steps.map((step) => stepBody(run, step)),
  )
}

function showStep(exchange: Exchange, [threadId = "", id = "", stepId = ""]: string[]): void {
  exchange.requireKey()
  const run = runOf(exchange, threadId, id)
  const step = found(
    run.steps.find((candidate) => candidate.id === stepId),
    "run step",
    stepId,
  )
  exchange.sendJson(200, stepBody(run, step))
}

const ofThread = "^(?:/v1)?/threads/([^/]+)/runs"
const all = new RegExp(`${ofThread}$`)
const one = new RegExp(`${ofThread}/([^/]+)$`)
const below = (rest: string) => new RegExp(`${ofThread}/([^/]+)/${rest}$`)

export const runRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/threads\/runs$/, handle: createWithThread },
  { method: "POST", path: all, handle: create },
  { method: "GET", path: all, handle: list },
  { method: "GET", path: one, handle: show },
  { method: "POST", path: one, handle: update },
  { method: "POST", path: below("cancel"), handle: cancel },
  { method: "POST", path: below("submit_tool_outputs"), handle: submit },
  { method: "GET", path: below("steps"), handle: listSteps },
  { method: "GET", path: below("steps/([^/]+)"), handle: showStep },
]
