import { expect, test } from "@playwright/test"
import { Catalogue } from "../catalogue"
import { Ledger } from "../ledger"
import { Rules } from "../scenarios"
import { advanceRun, type Run } from "./run"
import { runBody } from "./run-body"
import { chatOf, makeStage } from "./run-stage"
import type { Assistant, AssistantsState, Thread } from "./store"

const minuteMs = 60_000

/** A run on a question, asked at the beginning of time. */
function runOn(question: string, rules: Rules): Run {
  const model = new Catalogue().find("gpt-4o")
  if (!model) throw new Error("the catalogue lost its model")
  const state: AssistantsState = {
    assistants: new Map(),
    threads: new Map(),
    files: new Map(),
    vectorStores: new Map(),
  }
  const thread: Thread = {
    id: "thread_1",
    createdAt: 0,
    metadata: {},
    resources: {},
    messages: [],
    runs: [],
  }
  const assistant: Assistant = {
    id: "asst_1",
    object: "assistant",
    created_at: 0,
    name: null,
    description: null,
    model: model.id,
    instructions: null,
    tools: [],
    tool_resources: {},
    metadata: {},
    temperature: 1,
    top_p: 1,
    response_format: "auto",
    reasoning_effort: null,
  }
  const run: Omit<Run, "stages"> = {
    id: "run_1",
    thread,
    assistant,
    settings: { assistant_id: assistant.id, tool_choice: "required" },
    model,
    tools: [{ type: "function", function: { name: "ask_somebody" } }],
    instructions: "",
    plan: rules.planFor(question),
    createdAt: 0,
    status: "queued",
    steps: [],
    clientRequestId: undefined,
    keyPrefix: "test-key",
  }
  return { ...run, stages: [makeStage(state, run, chatOf(state, run), 0)] }
}

test("a run that nobody answers ends after ten minutes, free of charge", () => {
  const ledger = new Ledger()
  const run = runOn("Hello", new Rules())
  expect(advanceRun({ ledger }, run, 5_000).status).toBe("requires_action")
  expect(advanceRun({ ledger }, run, 9 * minuteMs).status).toBe("requires_action")
  expect(advanceRun({ ledger }, run, 11 * minuteMs).status).toBe("expired")
  expect(run.steps).toMatchObject([{ status: "expired", endedAt: 10 * minuteMs }])
  expect(runBody(run)).toMatchObject({ required_action: null, expires_at: null, usage: null })
  expect(ledger.entries).toEqual([])
})

test("a run that never finishes ends likewise", () => {
  const rules = new Rules()
  rules.add({ match: "", name: "job", queueMs: 0, generatingMs: 0, isEndless: true })
  const run = runOn("Hello", rules)
  expect(advanceRun({ ledger: new Ledger() }, run, 9 * minuteMs).status).toBe("in_progress")
  expect(advanceRun({ ledger: new Ledger() }, run, 11 * minuteMs).status).toBe("expired")
})
