import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "@playwright/test"
import { jsonSchema, tool } from "ai"
import { parseEntry } from "../lib/aiml/catalogue/entry"
import { createAiml } from "../lib/aiml/client"
import { AppError } from "../lib/base/errors"
import { httpFetch } from "../lib/server/http-fetch"
import { eventsOf } from "./said-events"

// Requests that may have been charged are never repeated; counted by a real server.

const paths = ["/v1/chat/completions", "/v1/responses", "/v1/messages", "/v1/completions"]
/** A model's type in the list if no document has its path. */
const typeOf = (path: string) => (path.includes("chat") ? "any/chat" : `any${path.slice(3)}`)
const now = tool({
  description: "The time",
  inputSchema: jsonSchema({ type: "object", properties: {} }),
  execute: () => "noon",
})

type Answer = (response: ServerResponse, path: string) => void

const called = { text: "", calls: [{ id: "call_1", name: "now", input: { city: "" } }] }
const done = { text: "Hello there.", calls: [] }

const status =
  (
    code: number,
    message = "no",
    headers: Record<string, string> = { "retry-after": "0" },
  ): Answer =>
  (response) => {
    response.writeHead(code, { "content-type": "application/json", ...headers })
    response.end(JSON.stringify({ message, statusCode: code }))
  }

/** Several events of a good answer without its end, followed by a broken or a closed connection. */
const broken =
  (events: number, end: "reset" | "cut"): Answer =>
  (response, path) => {
    response.writeHead(201, { "content-type": "text/event-stream" })
    const sent = eventsOf(path, done).trimEnd().split("\n\n").slice(0, -1).slice(0, events)
    response.write(sent.map((event) => `${event}\n\n`).join(""))
    response.flushHeaders()
    if (end === "cut") response.end()
    else response.socket?.resetAndDestroy()
  }

const event =
  (data: object): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.end(`data: ${JSON.stringify(data)}\n\n`)
  }

const failedEvent = { code: "server_error", message: "no", param: null }

/** Server faults, each with the expected number of requests. */
const faults: Record<string, [Answer, number]> = {
  busy: [status(429), 3],
  unavailable: [status(503), 3],
  failing: [status(500), 3],
  "bad gateway": [status(502), 3],
  "under maintenance": [status(500, "The model is under maintenance"), 1],
  "an allowance that is used up": [status(429, "Free-tier limit: You've reached it."), 1],
  refused: [status(400), 1],
  "a timeout of the model": [status(408), 1],
  conflict: [status(409), 1],
  "a gateway that gave up": [status(504), 1],
  "an edge that gave up": [status(524), 1],
  "reset before an answer": [(response) => response.socket?.resetAndDestroy(), 1],
  "closed before an answer": [(response) => response.socket?.destroy(), 1],
  "reset after the headers": [broken(0, "reset"), 1],
  "reset after the first event": [broken(1, "reset"), 1],
  "reset later": [broken(9, "reset"), 1],
  "cut after the headers": [broken(0, "cut"), 1],
  "cut after the first event": [broken(1, "cut"), 1],
  "cut later": [broken(9, "cut"), 1],
  "an error as the first event": [
    event({ type: "error", ...failedEvent, error: { type: "overloaded_error", message: "no" } }),
    1,
  ],
}

/** Counts the requests to a server that gives these answers in turn, repeating the last. */
async function ask(path: string, answers: readonly Answer[], isWithTools: boolean) {
  let posts = 0
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/docs-json")) return status(404)(response, path)
    request.resume().on("end", () => {
      posts += 1
      const answer = answers[posts - 1] ?? answers.at(-1)
      answer?.(response, path)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo // it listens on TCP
  const aiml = createAiml({ baseUrl: `http://127.0.0.1:${port}`, fetch: httpFetch })
  const model = parseEntry({ id: "maker/model", type: typeOf(path) })
  if (!model) throw new Error("no id")
  const asking = aiml.answer(model, {
    messages: [{ role: "user", content: "Hello" }],
    maxOutputTokens: 400,
    ...(isWithTools && { tools: { now }, mostSteps: 3 }),
    requestId: "conformance-1",
    abortSignal: AbortSignal.timeout(20_000),
    timeouts: { firstMs: 10_000, idleMs: 10_000, totalMs: 20_000 },
  })
  const failure = await asking.then(
    () => null,
    (error: unknown) => error,
  )
  server.closeAllConnections()
  server.close()
  return { posts, failure: failure instanceof AppError ? failure.code : failure }
}

for (const path of paths) {
  for (const isWithTools of path.endsWith("/completions") && !path.includes("chat")
    ? [false]
    : [false, true]) {
    test(`${path}${isWithTools ? " with tools" : ""}: sent again only where nothing was done`, async () => {
      const counts: Record<string, unknown> = {}
      const expected: Record<string, unknown> = {}
      for (const [name, [answer, times]] of Object.entries(faults)) {
        const { posts, failure } = await ask(path, [answer], isWithTools)
        counts[name] = [posts, typeof failure]
        expected[name] = [times, "string"]
      }
      expect(counts).toEqual(expected)
    })
  }
}

test("the step after a tool is sent as often as the first one", async () => {
  const calls: Answer = (response, path) => {
    response.writeHead(200, { "content-type": "text/event-stream" })
    response.end(eventsOf(path, called))
  }
  for (const path of paths.slice(0, 3)) {
    for (const [answer, times] of Object.values(faults)) {
      expect((await ask(path, [calls, answer], true)).posts).toBe(1 + times)
    }
    const ends: Answer = (response) => response.end(eventsOf(path, done))
    expect(await ask(path, [calls, status(503), ends], true)).toEqual({ posts: 3, failure: null })
  }
})
