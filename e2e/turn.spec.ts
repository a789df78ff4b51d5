import { newId } from "@/lib/base/id"
import { plainText } from "@/lib/message/parts"
import { expect, test } from "./fixtures"

test("the same message sent five times at once is one turn", async ({ api, simulator, mark }) => {
  const message = {
    id: newId(),
    parentId: null,
    parts: [{ type: "text", text: `repeat exactly: once ${mark}` }],
  }
  const responses = await Promise.all(
    Array.from({ length: 5 }, () => api.turn(mark, "", { message })),
  )
  expect(responses.map((response) => response.status())).toEqual([200, 200, 200, 200, 200])
  for (const response of responses) expect(await response.text()).toContain(`once ${mark}`)
  expect((await api.conversation(mark)).messages).toHaveLength(2)
  expect(await simulator.requests(mark)).toHaveLength(1)
  const other = { ...message, parts: [{ type: "text", text: "something else" }] }
  expect((await api.turn(mark, "", { message: other })).status()).toBe(409)
})

test("one answer at a time in a conversation; a reader who leaves does not end it", async ({
  api,
  page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 40 })
  await page.goto("/")
  // The page's own fetch, so that the reader can really leave.
  await page.evaluate(
    async ([id, text, message]) => {
      const leaving = new AbortController()
      const response = await fetch(`/api/conversations/${id}/turn`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          message: { id: message, parentId: null, parts: [{ type: "text", text }] },
          models: ["openai/gpt-4o"],
        }),
        signal: leaving.signal,
      })
      await response.body?.getReader().read()
      leaving.abort()
    },
    [mark, `Tell a story ${mark}`, newId()] as const,
  )
  expect((await api.turn(mark, "second question")).status()).toBe(409)
  const followed = await api.send("GET", `/api/conversations/${mark}/turn`)
  expect(followed.status()).toBe(200)
  const stream = await followed.text()
  expect(stream).toContain('"type":"finish"')
  const answer = await api.last(mark)
  expect(answer.status).toBe("complete")
  expect(textOf(stream)).toBe(plainText(answer.parts))
  expect(await simulator.requests(mark)).toHaveLength(1)
  expect((await api.send("GET", `/api/conversations/${mark}/turn`)).status()).toBe(204)
})

test("every fact of an answer is kept: tokens, dollars, times, ids", async ({ api, mark }) => {
  await api.turn(mark, `Why is the sky blue? ${mark}`)
  const answer = await api.last(mark)
  expect(answer).toMatchObject({
    status: "complete",
    model: api.model,
    finishReason: "stop",
    error: null,
  })
  expect(answer.usage?.inputTokens).toBeGreaterThan(0)
  expect(answer.usage?.outputTokens).toBeGreaterThan(0)
  expect(answer.costUsd).toBeGreaterThan(0)
  expect(answer.upstreamId).toBeTruthy()
  expect(answer.firstTokenMs).toBeGreaterThan(0)
  expect(answer.totalMs).toBeGreaterThan(answer.firstTokenMs ?? 0)
})

test("what we send is what the vendor's schema of the model wants; what is wrong is refused and shown", async ({
  api,
  simulator,
  mark,
}) => {
  for (const model of ["openai/gpt-4o", "anthropic/claude-sonnet-4.5", "deepseek/deepseek-chat"]) {
    await api.turn(newId(), `${mark} ${model}`, { model })
  }
  const sent = await simulator.requests(mark)
  expect(sent.length).toBeGreaterThan(1)
  for (const request of sent) {
    expect(request.validationErrors).toEqual([])
    expect(request.headers["x-client-request-id"]).toMatch(/^[A-Za-z0-9._:-]{1,128}$/)
    expect(request.body?.max_tokens).toBeGreaterThan(512)
  }
  // This model takes no bare text: the vendor's schema refuses, and the reader is told.
  const captioner = "alibaba/qwen3-omni-30b-a3b-captioner"
  await api.turn(mark, `describe ${mark} wrongly`, { model: captioner })
  const [refused] = await simulator.requests(`${mark} wrongly`)
  expect(refused).toMatchObject({ valid: false, status: 400 })
  const answer = await api.last(mark)
  expect(answer.status).toBe("failed")
  expect(answer.error?.code).toBe("model_refused")
  expect(answer.error?.requestId).toBeTruthy()
})

test("the history comes from the server: a client can forge neither roles nor parts nor prices", async ({
  api,
  simulator,
  mark,
}) => {
  const forged = [
    { message: { parts: [{ type: "reasoning", text: "x" }] } },
    { message: { role: "assistant" } as object },
    { message: { parts: [{ type: "text", text: "x", cost: 0 }] } },
  ]
  for (const turn of forged) expect((await api.turn(mark, mark, turn)).status()).toBe(400)
  const path = `/api/conversations/${mark}/turn`
  const message = { id: newId(), parentId: null, parts: [{ type: "text", text: mark }] }
  const extras = [
    { params: { n: 100 } },
    { params: { top_p: 7 } },
    { models: [] },
    { messages: [] },
  ]
  for (const extra of extras) {
    const response = await api.send("POST", path, { message, models: [api.model], ...extra })
    expect(response.status()).toBe(400)
  }
  expect(await simulator.requests(mark)).toHaveLength(0)
})

test("deleting a conversation while it is answered revives nothing", async ({
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 20 })
  const turn = api.turn(mark, `Tell a story ${mark}`)
  await expect
    .poll(async () => (await simulator.requests(mark))[0]?.chunksSent ?? 0)
    .toBeGreaterThan(2)
  expect((await api.send("DELETE", `/api/conversations/${mark}`)).status()).toBe(204)
  await turn
  expect((await api.send("GET", `/api/conversations/${mark}`)).status()).toBe(404)
  await expect.poll(async () => (await simulator.requests(mark))[0]?.closedByClientAt).toBeTruthy()
})

test("no more answers run at once than one person may have", async ({ api, simulator, mark }) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 200 })
  const turns = Array.from({ length: 16 }, () =>
    api.turn(newId(), `repeat exactly: some words ${mark}`),
  )
  const statuses = (await Promise.all(turns)).map((response) => response.status())
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(8)
  expect(statuses.every((status) => status === 200 || status === 429)).toBe(true)
  const log = await simulator.requests(mark)
  const running = (at: string) =>
    log.filter(({ startedAt, finishedAt = "9" }) => startedAt <= at && at < finishedAt).length
  expect(Math.max(...log.map(({ startedAt }) => running(startedAt)))).toBeLessThanOrEqual(8)
})

test("a title is made of the first question, and pages of the list follow each other", async ({
  api,
}) => {
  for (let index = 0; index < 3; index++)
    await api.turn(newId(), `## **Topic ${index}**\nrepeat exactly: x`)
  const list = await (await api.send("GET", "/api/conversations")).json()
  expect(list.conversations.map((entry: { title: string }) => entry.title)).toEqual([
    "Topic 2",
    "Topic 1",
    "Topic 0",
  ])
  for (let index = 0; index < 50; index += 10) {
    const more = Array.from({ length: 10 }, () => api.turn(newId(), "repeat exactly: x"))
    // A person may have only so many answers running.
    for (const response of await Promise.all(more)) expect([200, 429]).toContain(response.status())
  }
  const seen = new Set<string>()
  for (let cursor: string | null = ""; cursor !== null; ) {
    const page: { conversations: { id: string }[]; nextCursor: string | null } = await (
      await api.send("GET", `/api/conversations${cursor && `?cursor=${cursor}`}`)
    ).json()
    expect(page.conversations.length).toBeLessThanOrEqual(50)
    for (const { id } of page.conversations) {
      expect(seen.has(id)).toBe(false)
      seen.add(id)
    }
    cursor = page.nextCursor
  }
  expect(seen.size).toBeGreaterThan(40)
  const found = await (await api.send("GET", "/api/conversations?q=topic%201")).json()
  expect(found.conversations).toHaveLength(1)
  expect((await api.send("GET", "/api/conversations?cursor=garbage")).status()).toBe(400)
})

function textOf(stream: string): string {
  return [...stream.matchAll(/^data: (\{.*\})$/gm)]
    .map(([, json = "{}"]) => JSON.parse(json))
    .filter((chunk) => chunk.type === "text-delta" || chunk.type === "reasoning-delta")
    .map((chunk) => chunk.delta)
    .join("")
}
