import { expect } from "@playwright/test"
import { test, textOfChunks } from "./testing"

const gpt = "openai/gpt-4o"
const said = "one two three four five six seven eight nine ten eleven twelve"

/** A question nobody else asks, and its answer of twelve words. */
const asking = (name: string) => `${name} repeat exactly: ${said}`

test("a slow first token and a slow pace take the time they say", async ({ client }) => {
  await client.rule({ match: "slow one", name: "slow-first-token", delayMs: 120 })
  const startedAt = performance.now()
  await client.complete(gpt, "slow one")
  expect(performance.now() - startedAt).toBeGreaterThan(110)
  await client.rule({ match: "paced", name: "speed", tokensPerSecond: 50, tokensPerChunk: 1 })
  const chunks = await client.stream(gpt, asking("paced"))
  const [entry] = await client.log("paced")
  expect(entry?.chunksSent).toBe(chunks.length - 3)
  const tookMs = Date.parse(entry?.finishedAt ?? "") - Date.parse(entry?.firstByteAt ?? "")
  expect(tookMs).toBeGreaterThan(200)
})

test("a stalled stream waits for the client to leave", async ({ client }) => {
  await client.rule({ match: "stalled", name: "stall", afterChunks: 2 })
  const leaving = new AbortController()
  const response = await client.chat(
    gpt,
    asking("stalled"),
    { stream: true },
    { signal: leaving.signal },
  )
  const reader = response.body?.getReader()
  await reader?.read()
  await expect.poll(async () => (await client.log("stalled"))[0]?.chunksSent).toBe(2)
  leaving.abort()
  await expect.poll(async () => (await client.log("stalled"))[0]?.closedByClientAt).toBeTruthy()
})

test("a silent server sends not even headers", async ({ client }) => {
  await client.rule({ match: "silence", name: "silent" })
  const signal = AbortSignal.timeout(150)
  await expect(client.chat(gpt, "silence", {}, { signal })).rejects.toThrow()
  await expect.poll(async () => (await client.log("silence"))[0]?.closedByClientAt).toBeTruthy()
  expect((await client.log("silence"))[0]).not.toHaveProperty("status")
})

test("a reset breaks the connection, a cut ends it quietly", async ({ client }) => {
  await client.rule({ match: "resetting", name: "reset", afterChunks: 2 })
  const reset = await client.chat(gpt, asking("resetting"), { stream: true })
  await expect(reset.text()).rejects.toThrow()
  await client.rule({ match: "cutting", name: "cut", afterChunks: 2 })
  const chunks = await client.stream(gpt, asking("cutting"))
  expect(chunks).toHaveLength(3)
  expect(chunks.some((chunk) => chunk.choices?.[0]?.finish_reason)).toBe(false)
})

test("a broken event is followed by a good end", async ({ client }) => {
  await client.rule({ match: "broken", name: "broken-event", afterChunks: 2 })
  const response = await client.chat(gpt, asking("broken"), { stream: true })
  const stream = await response.text()
  const events = stream.split("\n\n").filter((event) => event.startsWith("data: {"))
  const bad = events.filter((event) => {
    try {
      JSON.parse(event.slice(6))
      return false
    } catch {
      return true
    }
  })
  expect(bad).toHaveLength(1)
  expect(stream).toContain('"finish_reason":"stop"')
})

test("an error can arrive in the middle of a stream", async ({ client }) => {
  await client.rule({ match: "erring", name: "error-event", afterChunks: 2, statusCode: 503 })
  const chunks = await client.stream(gpt, asking("erring"))
  expect(chunks.at(-1)).toMatchObject({ statusCode: 503, message: "Service unavailable" })
})

test("every documented status comes with its documented words", async ({ client }) => {
  for (const statusCode of [400, 401, 403, 404, 429, 500, 502, 503, 504]) {
    const match = `status ${statusCode}`
    await client.rule({ match, name: "status", statusCode, times: 1, retryAfterSeconds: 7 })
    const response = await client.chat(gpt, match, { stream: true })
    expect(response.status).toBe(statusCode)
    expect(response.headers.get("retry-after")).toBe("7")
    expect(await response.json()).toMatchObject({ statusCode })
    // The rule was for one time only.
    expect((await client.chat(gpt, match)).ok).toBe(true)
  }
  await client.rule({ match: "own words", name: "status", statusCode: 500, message: "Mine" })
  expect(await (await client.chat(gpt, "own words")).json()).toMatchObject({ message: "Mine" })
})

test("a page can stand where JSON should be", async ({ client }) => {
  await client.rule({ match: "page please", name: "html" })
  const response = await client.chat(gpt, "page please")
  expect(response.status).toBe(200)
  expect(response.headers.get("content-type")).toContain("text/html")
})

test("a flood has exactly the size asked for, at once", async ({ client }) => {
  await client.rule({ match: "flooded", name: "flood", characters: 1_000_003 })
  expect(textOfChunks(await client.stream(gpt, "flooded"))).toHaveLength(1_000_003)
})

test("characters may be split between two deltas", async ({ client }) => {
  await client.rule({ match: "smile", name: "split-emoji" })
  const response = await client.chat(gpt, "smile", { stream: true })
  const stream = await response.text()
  expect(stream).toContain('"content":"\\ud83d"')
  expect(stream).toContain('"content":"\\ude00"')
  const chunks = await client.stream(gpt, "smile")
  expect(textOfChunks(chunks)).toBe("Half a smile 😀 then a family: 👨‍👩‍👧‍👦. Done.")
})

test("zero and half characters are sent as escapes", async ({ client }) => {
  await client.rule({ match: "zero", name: "nul" })
  const stream = await (await client.chat(gpt, "zero", { stream: true })).text()
  expect(stream).toContain('"content":"\\u0000"')
  expect(stream).toContain('"content":"\\ud800"')
})

test("comments stand between the events", async ({ client }) => {
  await client.rule({ match: "pinged", name: "comments" })
  const stream = await (await client.chat(gpt, asking("pinged"), { stream: true })).text()
  expect(stream).toContain("\n\n: ping\n\ndata: ")
  expect(textOfChunks(await client.stream(gpt, asking("pinged")))).toBe(said)
})

test("answers end for the reason the rule gives", async ({ client }) => {
  await client.rule({ match: "filtered", name: "content-filter" })
  const filtered = await client.complete(gpt, asking("filtered"))
  expect(filtered.choices[0].finish_reason).toBe("content_filter")
  await client.rule({ match: "limited", name: "length", afterTokens: 2 })
  const limited = await client.complete(gpt, asking("limited"))
  expect(limited.choices[0]).toMatchObject({
    finish_reason: "length",
    message: { content: "one two" },
  })
  await client.rule({ match: "refused", name: "refusal" })
  const refused = await client.complete(gpt, "refused")
  expect(refused.choices[0].message).toMatchObject({ content: null, refusal: /can't help/ })
})

test("an exact text, and one that tries to run", async ({ client }) => {
  await client.rule({ match: "my text", name: "text", text: "Exactly this.", tokensPerSecond: 500 })
  expect(textOfChunks(await client.stream(gpt, "my text"))).toBe("Exactly this.")
  await client.rule({ match: "hostile", name: "hostile-markdown" })
  const hostile = textOfChunks(await client.stream(gpt, "hostile"))
  for (const part of [
    "<script>",
    "onerror",
    "onload",
    "srcdoc",
    "javascript:",
    "\\href",
    "[spy]:",
  ]) {
    expect(hostile).toContain(part)
  }
})

test("rules can be removed, and wrong ones are explained", async ({ client }) => {
  const id = await client.rule({ match: "removable", name: "html" })
  const removal = await fetch(`${client.url}/_simulator/scenarios/${id}`, { method: "DELETE" })
  expect(removal.ok).toBe(true)
  const answer = await client.chat(gpt, "removable")
  expect(answer.headers.get("content-type")).toContain("json")
  const wrong = await client.post("/_simulator/scenarios", { match: "x", name: "no such thing" })
  expect(wrong.status).toBe(400)
  await fetch(`${client.url}/_simulator/scenarios`, { method: "DELETE" })
})

test("the log tells what happened, without the key", async ({ client }) => {
  await client.stream(gpt, asking("logged"))
  await client.chat(gpt, asking("logged badly"), { temperature: 9 })
  const [good, bad] = await client.log("logged")
  expect(good).toMatchObject({ valid: true, status: expect.any(Number), textSent: said })
  expect(good?.headers.authorization).toBe("(hidden)")
  expect(bad).toMatchObject({ valid: false, status: 400, chunksSent: 0 })
  const counts = await (await fetch(`${client.url}/_simulator/counts`)).json()
  expect(counts).toEqual({ requests: 2, valid: 1, refused: 1 })
})
