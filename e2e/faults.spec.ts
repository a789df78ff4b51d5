import type { Message } from "@/lib/message/message"
import type { Model } from "@/lib/models/model"
import { articles, ask, composer, expect, finished, test } from "./fixtures"

type Case = {
  name: string
  rule: { name: string; [option: string]: unknown }
  status: Message["status"]
  /** What the reader is told of it. */
  words?: RegExp
  /** How often the upstream is asked; 1 unless trying again makes sense. */
  tries?: number
}

// With those below that have a test of their own (silence, floods, NUL and halves of emoji) all that the
// simulator can do to an answer.
const cases: Case[] = [
  {
    name: "refused",
    rule: { name: "status", statusCode: 400 },
    status: "failed",
    words: /did not accept/,
  },
  {
    name: "no key",
    rule: { name: "status", statusCode: 401 },
    status: "failed",
    words: /key of this workspace/,
  },
  {
    name: "no money",
    rule: { name: "status", statusCode: 403 },
    status: "failed",
    words: /credits of this workspace/,
  },
  {
    name: "model gone",
    rule: { name: "status", statusCode: 404 },
    status: "failed",
    words: /no longer offered/,
  },
  {
    name: "busy",
    rule: { name: "status", statusCode: 429 },
    status: "failed",
    words: /overloaded/,
    tries: 3,
  },
  {
    name: "failing",
    rule: { name: "status", statusCode: 500 },
    status: "failed",
    words: /service failed/,
    tries: 3,
  },
  {
    name: "bad gateway",
    rule: { name: "status", statusCode: 502 },
    status: "failed",
    words: /service failed/,
    tries: 3,
  },
  {
    name: "unavailable",
    rule: { name: "status", statusCode: 503 },
    status: "failed",
    words: /overloaded/,
    tries: 3,
  },
  {
    name: "out of time",
    rule: { name: "status", statusCode: 504 },
    status: "interrupted",
    words: /did not answer in time/,
  },
  {
    name: "out of time at the edge",
    rule: { name: "status", statusCode: 524 },
    status: "interrupted",
    words: /did not answer in time/,
  },
  {
    name: "busy for a moment",
    rule: { name: "status", statusCode: 429, retryAfterSeconds: 1, times: 1 },
    status: "complete",
    tries: 2,
  },
  {
    name: "under maintenance",
    rule: {
      name: "status",
      statusCode: 400,
      message: "The model is under maintenance, please contact us.",
    },
    status: "failed",
    words: /under maintenance/,
  },
  {
    name: "too much at once",
    rule: {
      name: "status",
      statusCode: 400,
      message: "400 This model's maximum context length is 8192 tokens.",
    },
    status: "failed",
    words: /more than the model takes at once/,
  },
  {
    name: "refused for what it says",
    rule: { name: "status", statusCode: 400, message: "Rejected by our content policy." },
    status: "failed",
    words: /refused this for what it says/,
  },
  {
    name: "an HTML page",
    rule: { name: "html" },
    status: "interrupted",
    words: /What came is kept/,
  },
  {
    name: "cut",
    rule: { name: "cut", afterChunks: 8 },
    status: "interrupted",
    words: /What came is kept/,
  },
  {
    name: "reset",
    rule: { name: "reset", afterChunks: 8 },
    status: "interrupted",
    words: /What came is kept/,
  },
  {
    name: "broken event",
    rule: { name: "broken-event", afterChunks: 8 },
    status: "failed",
    words: /could not be read/,
  },
  {
    name: "error event",
    rule: { name: "error-event", afterChunks: 8 },
    status: "failed",
    words: /service failed/,
  },
  {
    name: "length",
    rule: { name: "length", afterTokens: 20 },
    status: "length",
  },
  { name: "filtered", rule: { name: "content-filter" }, status: "filtered" },
  {
    name: "comments only slow it down",
    rule: { name: "comments" },
    status: "complete",
  },
]

for (const { name, rule, status, words, tries = 1 } of cases) {
  test(`upstream: ${name} ends as ${status}, and the next question works`, async ({
    api,
    simulator,
    mark,
  }) => {
    await simulator.rule(mark, rule)
    await api.turn(mark, `Why is the sky blue? ${mark}`)
    const { id: parentId, error, ...answer } = await api.last(mark)
    expect(answer.status).toBe(status)
    if (words) expect(error?.message).toMatch(words)
    expect(await simulator.requests(mark)).toHaveLength(tries)
    const parts = [{ type: "text", text: "repeat exactly: fine again" }]
    await api.turn(mark, "", { message: { parentId, parts } })
    expect(await api.last(mark)).toMatchObject({
      status: "complete",
      parts: [{ type: "text", text: "fine again" }],
    })
  })
}

// One of each way to end; the others differ in words only.
const endings = [
  { name: "refused", words: /did not accept/ },
  { name: "cut", words: /interrupted/ },
  { name: "length", words: /length limit/ },
  { name: "filtered", words: /withheld/ },
]
for (const { name, words } of endings) {
  test(`one that was ${name} says so, after a reload too, and one asks on`, async ({
    desk: page,
    simulator,
    mark,
  }) => {
    const rule = cases.find((each) => each.name === name)?.rule
    await simulator.rule(mark, rule ?? { name })
    await page.goto("/")
    await ask(page, `Why is the sky blue? ${mark}`)
    await expect(await finished(page)).toContainText(words)
    await expect(articles(page).first()).toContainText(mark)
    await page.reload()
    await expect(articles(page).last()).toContainText(words)
    await ask(page, "repeat exactly: fine again")
    await expect(articles(page)).toHaveCount(4)
    await expect(await finished(page)).toContainText("fine again")
  })
}

test("an answer without a word says so and can be retried", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "text", text: "", times: 1 })
  await page.goto("/")
  await ask(page, `repeat exactly: at last ${mark}`)
  await expect(await finished(page)).toContainText("finished without a result")
  await page.getByRole("button", { name: "Retry" }).click()
  await expect(await finished(page)).toContainText(`at last ${mark}`)
})

test("Retry writes the answer anew below the same question", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "status", statusCode: 400, times: 1 })
  await page.goto("/")
  await ask(page, `repeat exactly: at last ${mark}`)
  await expect(await finished(page)).toContainText("did not accept")
  await page.getByRole("button", { name: "Retry" }).click()
  await expect(articles(page)).toHaveCount(2)
  await expect(await finished(page)).toContainText(`at last ${mark}`)
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  const { messages } = await api.conversation(id)
  expect(messages.map((message) => message.role)).toEqual(["user", "assistant", "assistant"])
})

test("an answer cut in another protocol is interrupted, was asked for once, and can be retried", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "cut", afterChunks: 3, times: 1 })
  await api.turn(mark, `Why is the sky blue? ${mark}`, { model: "openai/gpt-5-1-codex" })
  expect((await api.last(mark)).status).toBe("interrupted")
  expect(await simulator.requests(mark)).toHaveLength(1)
  await page.goto(`/conversations/${mark}`)
  await page.getByRole("button", { name: "Retry" }).click()
  await finished(page)
  await expect.poll(async () => (await api.last(mark)).status).toBe("complete")
})

test("an upstream that says nothing can be stopped before its first word", async ({
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "silent" })
  const turn = api.turn(mark, `hello? ${mark}`)
  await expect.poll(() => simulator.requests(mark)).toHaveLength(1)
  expect((await api.send("DELETE", `/api/conversations/${mark}/turn`)).status()).toBe(204)
  expect((await turn).status()).toBe(200)
  expect((await api.last(mark)).status).toBe("stopped")
  await expect.poll(async () => (await simulator.requests(mark))[0]?.closedByClientAt).toBeTruthy()
})

test("a flood ends at the limit and the page stays alive", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  const { models } = await (await api.send("GET", "/api/models")).json()
  const talkative = models.find((model: Model) => (model.outputTokens ?? 0) > 120_000)
  await simulator.rule(mark, { name: "flood", characters: 3_000_000 })
  await api.turn(mark, `flood ${mark}`, { model: talkative.id })
  const { parts, status, error } = await api.last(mark)
  expect([status, error?.code]).toEqual(["length", "model_flooded"])
  expect(JSON.stringify(parts).length).toBeLessThan(1_000_000)
  await page.goto(`/conversations/${mark}`)
  await expect(articles(page).last()).toContainText("longer than an answer may be")
  await composer(page).fill("still here")
  await expect(composer(page)).toHaveValue("still here")
})

test("NUL, lone surrogates and split emoji are stored as they can be, live and after a reload alike", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(`${mark}a`, { name: "split-emoji" })
  await simulator.rule(`${mark}b`, { name: "nul" })
  for (const question of [`${mark}a`, `${mark}b`]) {
    await page.goto("/")
    await ask(page, question)
    const live = await (await finished(page)).innerText()
    await page.reload()
    expect(await (await finished(page)).innerText()).toBe(live)
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
    const { parts, status } = await api.last(id)
    expect(status).toBe("complete")
    expect(JSON.stringify(parts)).not.toContain("\\u0000")
    if (question.endsWith("a")) expect(JSON.stringify(parts)).toContain("😀")
  }
})
