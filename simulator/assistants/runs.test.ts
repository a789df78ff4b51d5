import { deflateSync } from "node:zlib"
import { expect } from "@playwright/test"
import { z } from "zod"
import { Catalogue, costOf } from "../catalogue"
import { type Client, test } from "../testing"
import { balanceOf, courseOf, get, namedEventsOf } from "../testing-protocols"
import { fetched, finished, lastText, listed, refusal, send, upload } from "./testing"

const say = "repeat exactly: one two three four five six"
const said = "one two three four five six"
const weather = {
  type: "function",
  function: {
    name: "get_weather",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
}

/** Runs end at once from here on. */
const hurry = (client: Client) => client.rule({ match: "", name: "job" })

async function asked(client: Client, prompt: string, assistant: object = {}) {
  const { id } = await send(client, "/assistants", { model: "gpt-4o", ...assistant })
  const thread = await send(client, "/threads", {
    messages: [{ role: "user", content: prompt }],
  })
  return { threadId: thread.id, assistantId: id, runs: `/threads/${thread.id}/runs` }
}

async function streamed(client: Client, path: string, body: object) {
  const response = await client.post(path, { stream: true, ...body })
  expect(response.headers.get("content-type")).toContain("text/event-stream")
  return namedEventsOf(await response.text())
}

const deltaSchema = z.object({
  content: z.tuple([
    z.looseObject({
      text: z.object({ value: z.string(), annotations: z.array(z.unknown()).optional() }),
    }),
  ]),
})

const textOf = (events: { name: string; data: Record<string, unknown> }[]) =>
  events
    .filter(({ name }) => name === "thread.message.delta")
    .map(({ data }) => deltaSchema.parse(data.delta).content[0].text.value)
    .join("")

test("a run goes from the queue to its end, and is charged once", async ({ client }) => {
  await client.rule({ match: "patience", name: "job", queueMs: 60_000 })
  const waiting = await asked(client, "patience")
  const queued = await send(client, waiting.runs, { assistant_id: waiting.assistantId })
  expect(queued).toMatchObject({ object: "thread.run", status: "queued", usage: null })
  expect(Number(queued.expires_at) - Number(queued.created_at)).toBe(600)
  expect(await finished(client, queued)).toMatchObject({ status: "queued" })
  await client.rule({ match: "working", name: "job", isEndless: true })
  const busy = await asked(client, "working")
  const working = await send(client, busy.runs, { assistant_id: busy.assistantId })
  expect(await finished(client, working)).toMatchObject({ status: "in_progress" })
  await hurry(client)
  const before = await balanceOf(client)
  const { runs, threadId, assistantId } = await asked(client, say, { instructions: "Be brief." })
  const run = await send(client, runs, { assistant_id: assistantId })
  const done = await finished(client, run)
  expect(done).toMatchObject({ status: "completed", expires_at: null, instructions: "Be brief." })
  expect(await lastText(client, threadId)).toBe(said)
  const used = z
    .looseObject({ prompt_tokens: z.number(), completion_tokens: z.number() })
    .parse(done.usage)
  const model = new Catalogue().find("gpt-4o")
  const token = { input: used.prompt_tokens, output: used.completion_tokens }
  const cost = model && costOf(model, { token })
  expect(done.meta).toEqual({ usage: cost })
  expect(before - (await balanceOf(client))).toBe(cost?.credits_used)
})

test("a stream tells every state, and its deltas add up to the message", async ({ client }) => {
  const { id } = await send(client, "/assistants", { model: "gpt-4o" })
  const events = await streamed(client, "/threads/runs", {
    assistant_id: id,
    thread: { messages: [{ role: "user", content: say }] },
  })
  expect(courseOf(events)).toEqual([
    "thread.created",
    "thread.run.created",
    "thread.run.queued",
    "thread.run.in_progress",
    "thread.run.step.created",
    "thread.run.step.in_progress",
    "thread.message.created",
    "thread.message.in_progress",
    "thread.message.delta",
    "thread.message.completed",
    "thread.run.step.completed",
    "thread.run.completed",
    "done",
  ])
  expect(textOf(events)).toBe(said)
  expect(await lastText(client, String(events[0]?.data.id))).toBe(said)
  expect(events.at(-2)?.data).toMatchObject({ usage: {}, meta: { usage: {} } })
})

test("a function is asked for, answered and reported on", async ({ client }) => {
  await hurry(client)
  const prompt = "What is the weather in Lisbon?"
  const { runs, threadId, assistantId } = await asked(client, prompt, { tools: [weather] })
  const run = await send(client, runs, { assistant_id: assistantId })
  const waiting = await finished(client, run)
  const actionSchema = z.object({
    submit_tool_outputs: z.object({
      tool_calls: z.tuple([z.object({ id: z.string(), type: z.string(), function: z.unknown() })]),
    }),
  })
  const [call] = actionSchema.parse(waiting.required_action).submit_tool_outputs.tool_calls
  expect(waiting.status).toBe("requires_action")
  expect(call.function).toEqual({ name: "get_weather", arguments: '{"city":"Lisbon"}' })
  const path = `${runs}/${run.id}/submit_tool_outputs`
  expect(await refusal(client, path, { tool_outputs: [] })).toContain(call.id)
  expect(
    await refusal(client, `/threads/${threadId}/messages`, { role: "user", content: "x" }),
  ).toContain("while a run")
  expect(await refusal(client, runs, { assistant_id: assistantId })).toContain("active run")
  const output = { tool_call_id: call.id, output: '{"celsius":21}' }
  await send(client, path, { tool_outputs: [output] })
  expect((await finished(client, run)).status).toBe("completed")
  expect(await lastText(client, threadId)).toContain("celsius")
  const steps = await listed(client, `${runs}/${run.id}/steps?order=asc`)
  expect(steps.data.map(({ type, status }) => [type, status])).toEqual([
    ["tool_calls", "completed"],
    ["message_creation", "completed"],
  ])
  const step = await fetched(client, `${runs}/${run.id}/steps/${steps.first_id}`)
  expect(step).toMatchObject({
    step_details: { tool_calls: [{ id: call.id, function: { output: '{"celsius":21}' } }] },
  })
  expect(await refusal(client, path, { tool_outputs: [output] })).toContain('status "completed"')
})

test("a function may be answered in a stream", async ({ client }) => {
  const prompt = "What is the weather in Lisbon?"
  const { runs, assistantId } = await asked(client, prompt, { tools: [weather] })
  const events = await streamed(client, runs, { assistant_id: assistantId })
  expect(courseOf(events).slice(3)).toEqual([
    "thread.run.step.created",
    "thread.run.step.in_progress",
    "thread.run.step.delta",
    "thread.run.requires_action",
    "done",
  ])
  const run = events.at(-2)?.data
  const [, id] = /"id":"(call_\w+)"/.exec(JSON.stringify(run?.required_action)) ?? []
  const done = await streamed(client, `${runs}/${run?.id}/submit_tool_outputs`, {
    tool_outputs: [{ tool_call_id: id, output: "sunny" }],
  })
  expect(courseOf(done).slice(0, 3)).toEqual([
    "thread.run.step.completed",
    "thread.run.queued",
    "thread.run.in_progress",
  ])
  expect(textOf(done)).toContain("sunny")
  expect(done.at(-2)?.name).toBe("thread.run.completed")
})

const guide = `# Garden guide

Tomatoes like sun and a lot of water.

Hedgehogs sleep from November to March under leaves, and should not be woken.

Roses are cut in spring.`

test("a search quotes what the files say, and where", async ({ client }) => {
  await hurry(client)
  const file = z.object({ id: z.string() })
  const { id: fileId } = file.parse(await (await upload(client, "garden.md", guide)).json())
  const other = file.parse(await (await upload(client, "tea.txt", "Tea is hot.")).json())
  const { id } = await send(client, "/assistants", {
    model: "gpt-4o",
    tools: [{ type: "file_search" }],
    tool_resources: { file_search: { vector_stores: [{ file_ids: [other.id] }] } },
  })
  const attachments = [{ file_id: fileId, tools: [{ type: "file_search" }] }]
  const content = "When does a hedgehog sleep?"
  const { id: threadId } = await send(client, "/threads", {
    messages: [{ role: "user", content, attachments }],
  })
  const events = await streamed(client, `/threads/${threadId}/runs`, { assistant_id: id })
  const text = textOf(events)
  expect(text).toContain("> Hedgehogs sleep from November to March")
  expect(text).not.toContain("Tomatoes")
  const { data } = await listed(client, `/threads/${threadId}/messages`)
  const annotation = z.object({
    type: z.literal("file_citation"),
    text: z.string(),
    start_index: z.number(),
    end_index: z.number(),
    file_citation: z.object({ file_id: z.string() }),
  })
  const part = z.looseObject({
    text: z.object({ value: z.string(), annotations: z.tuple([annotation]) }),
  })
  const [whole] = z.tuple([part]).parse(data[0]?.content)
  const [citation] = whole.text.annotations
  expect(whole.text.value).toBe(text)
  expect(text.slice(citation.start_index, citation.end_index)).toBe(citation.text)
  expect(citation.file_citation.file_id).toBe(fileId)
  const steps = await listed(client, `/threads/${threadId}/runs/${data[0]?.run_id}/steps`)
  expect(JSON.stringify(steps.data.at(-1))).toContain('"file_name":"garden.md"')
  expect(courseOf(events)).toContain("thread.run.step.completed")
})

test("a simple PDF can be read", async ({ client }) => {
  await hurry(client)
  const page = "BT /F1 12 Tf (Hedgehogs \\(small ones\\) eat) Tj T* [(be) -20 (etles.)] TJ ET"
  const pdf = Buffer.concat([
    Buffer.from("%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n"),
    deflateSync(page),
    Buffer.from("\nendstream\nendobj"),
  ])
  const response = await upload(client, "animals.pdf", pdf)
  const { id: fileId } = z.object({ id: z.string() }).parse(await response.json())
  const { runs, threadId, assistantId } = await asked(client, "What do hedgehogs eat?", {
    tools: [{ type: "file_search" }],
    tool_resources: { file_search: { vector_stores: [{ file_ids: [fileId] }] } },
  })
  await finished(client, await send(client, runs, { assistant_id: assistantId }))
  expect(await lastText(client, threadId)).toContain("Hedgehogs (small ones) eat\n> beetles.")
})

test("runs can be cancelled, fail, be cut short and be interrupted", async ({ client }) => {
  await client.rule({ match: "endless", name: "job", isEndless: true })
  const first = await asked(client, "endless")
  const run = await send(client, first.runs, { assistant_id: first.assistantId })
  expect((await send(client, `${first.runs}/${run.id}/cancel`)).status).toBe("cancelling")
  expect(await finished(client, run)).toMatchObject({
    status: "cancelled",
    cancelled_at: expect.any(Number),
  })
  expect(await refusal(client, `${first.runs}/${run.id}/cancel`, {})).toContain("'cancelled'")
  const error = { name: "Error", message: "It broke" }
  await client.rule({ match: "failing", name: "job", error })
  const second = await asked(client, "failing")
  const failing = await send(client, second.runs, { assistant_id: second.assistantId })
  expect(await finished(client, failing)).toMatchObject({
    status: "failed",
    last_error: { code: "server_error", message: "It broke" },
  })
  const third = await asked(client, say)
  const limits = { assistant_id: third.assistantId, max_completion_tokens: 2 }
  const short = await streamed(client, third.runs, limits)
  expect(short.at(-2)).toMatchObject({
    name: "thread.run.incomplete",
    data: { incomplete_details: { reason: "max_completion_tokens" } },
  })
  await client.rule({ match: "cutting", name: "cut", afterChunks: 2, tokensPerChunk: 1 })
  const fourth = await asked(client, `cutting ${say}`)
  const cut = await streamed(client, fourth.runs, { assistant_id: fourth.assistantId })
  expect(textOf(cut)).toBe("one two")
  await client.rule({ match: "busy", name: "status", statusCode: 429 })
  const fifth = await asked(client, "busy")
  const busy = await client.post(fifth.runs, { assistant_id: fifth.assistantId })
  expect(busy.status).toBe(429)
  expect((await listed(client, fifth.runs)).data).toEqual([])
})

test("runs can be changed and listed, and are not there for strangers' ids", async ({ client }) => {
  await hurry(client)
  const { runs, assistantId } = await asked(client, say)
  const one = await send(client, runs, { assistant_id: assistantId })
  await finished(client, one)
  const two = await send(client, runs, {
    assistant_id: assistantId,
    additional_messages: [{ role: "user", content: "What was my first question?" }],
  })
  expect((await listed(client, runs)).data.map(({ id }) => id)).toEqual([two.id, one.id])
  const changed = await send(client, `${runs}/${one.id}`, { metadata: { by: "me" } })
  expect(changed.metadata).toEqual({ by: "me" })
  expect(await lastText(client, String(one.thread_id))).toContain(say)
  for (const path of [`${runs}/run_x`, `${runs}/${one.id}/steps/step_x`, "/threads/x/runs/y"]) {
    expect((await get(client, path)).status).toBe(404)
  }
  expect(await refusal(client, runs, { assistant_id: "asst_x" })).toContain("asst_x")
})
