import { expect, test } from "@playwright/test"
import { tracedFetch } from "../http/address"
import type { Upstream } from "../http/upstream"
import { type Asked, ask, type Endpoint } from "../services/endpoint"
import { services } from "../services/services"
import { asked, chatProperties, chunk, hear, make, replay, stream } from "../testing"

// Quirks of the vendor's API by number: services other than models.

const context = () => ({ requestId: "request-1", abortSignal: AbortSignal.timeout(10_000) })

/** Calls an endpoint with a recorded answer; returns the request and the parsed answer. */
async function askOf<Answer>(
  endpoint: Endpoint<Answer>,
  body: unknown,
  more: Omit<Asked, "requestId" | "abortSignal"> = {},
) {
  let address = ""
  const upstream: Upstream = {
    root: "http://upstream.invalid",
    apiKey: "key",
    fetch: tracedFetch(async (input) => {
      address = String(input).replace("http://upstream.invalid", "")
      return Response.json(body)
    }),
  }
  return { answer: await ask(upstream, endpoint, { ...more, ...context() }), address }
}

test("27: vectors are read whatever the list calls itself, and a total counts as input", async () => {
  for (const object of ["list", "object"]) {
    const upstream = replay({
      path: "/v1/embeddings",
      properties: { input: { type: "string" } },
      answers: [
        () =>
          Response.json({
            object,
            data: [
              { object: "embedding", index: 1, embedding: "AAAAPwAAgL4=" },
              { object: "embedding", index: 0, embedding: [-0.0069, 0.5] },
            ],
            usage: { total_tokens: 5 },
          }),
      ],
    })
    const done = await make(upstream)
    expect(done).toMatchObject({
      outputs: [{ value: [-0.0069, 0.5] }, { value: [0.5, -0.25] }],
      facts: { usage: { inputTokens: 5, outputTokens: null } },
    })
  }
})

const price = { usage: { credits_used: 2_480, usd_spent: 0.00124 } }

test("28: a price stands in the headers, in the last chunk, in the body, or in the books alone", async () => {
  const chat = { path: "/v1/chat/completions", properties: chatProperties }
  const last = chunk({ delta: {}, finish_reason: "stop" }, { meta: price })
  const heard = await hear(
    replay({ ...chat, answers: [() => stream([chunk({ delta: { content: "Hi" } }), last])] }),
  )
  expect(heard.end?.costUsd).toBe(0.00124)

  const image = { path: "/v1/images/generations", properties: { prompt: { type: "string" } } }
  const data = [{ url: "https://x.co/a.png" }]
  const told = async (body: object, headers: Record<string, string> = {}) => {
    const answer = () => Response.json({ data, ...body }, { headers })
    return (await make(replay({ ...image, answers: [answer] }))).facts
  }
  expect((await told({ meta: price })).costUsd).toBe(0.00124)
  expect((await told({ meta: { usage: { credits_used: 182_000 } } })).costUsd).toBe(0.091)
  const headers = { "x-aimlapi-usd-spent": "0.5", "x-inference-id": "inf-1" }
  expect(await told({}, headers)).toMatchObject({ costUsd: 0.5, upstreamId: "inf-1" })
  expect((await told({}, { "x-aimlapi-credits-used": "1000" })).costUsd).toBe(0.0005)

  const line = (client_request_id: string | null, usd: number) => ({
    ...{ created: "2026-01-01", status: "succeeded", model: "m", client_request_id },
    ...{ cost: { usd, credits: 1 }, tokens: { input: 0, output: 0, total: 0 } },
  })
  const books = { data: [line(null, 9), line("request-1", 0.25)], pagination: {} }
  const { aiml, came } = replay({ ...image, answers: [() => Response.json(books)] })
  expect([await aiml.costOf("request-1"), await aiml.costOf("request-2")]).toEqual([0.25, null])
  expect(came[0]?.address).toMatch(/^\/v2\/logs\?period=24h/)
  const away = replay({ ...image, answers: [() => new Response("no books", { status: 404 })] })
  expect(await away.aiml.costOf("request-1")).toBeNull()
})

test("29: names that an address does not know are not sent, and several values are repeated, not joined", async () => {
  const query = { perod: "7d", period: "7d", model: ["a", "b"], status: "failed" }
  const { address } = await askOf(services.ledger.logs, { data: [], pagination: {} }, { query })
  expect(address).toBe("/v2/logs?period=7d&model=a&model=b&status=failed")
  const models = await askOf(
    services.catalogue.listModels,
    { data: [] },
    { query: { inclde: "all" } },
  )
  expect(models.address).toBe("/v1/models")
  const metrics = { models: [] }
  const aliases = ["a/b#c", "d"]
  const asked = await askOf(services.catalogue.listMetrics, metrics, { query: { aliases } })
  expect(asked.address).toBe("/models/metrics?aliases=a%2Fb%23c&aliases=d")
})

test("31: models are asked under /v1, whatever the base address ends in", async () => {
  for (const ending of ["", "/", "/v1", "/v1/"]) {
    const upstream = replay({
      ...{ baseUrl: `http://upstream.invalid${ending}`, path: "/v1/chat/completions" },
      properties: chatProperties,
      answers: [() => stream([chunk({ delta: { content: "Hi" }, finish_reason: "stop" })])],
    })
    await hear(upstream)
    expect(asked(upstream.came)[0]?.address).toBe("/v1/chat/completions")
  }
})

test("32: a balance is in dollars from one address, in credits from the other", async () => {
  const { balance, balanceInCredits, balanceDetail } = services.ledger
  const dollars = await askOf(balance, { current_balance: 123.45, currency: "USD" })
  expect([dollars.address, dollars.answer.current_balance]).toEqual(["/v2/billing", 123.45])
  const credits = await askOf(balanceInCredits, { balance: 246_900_000, lowBalance: false })
  expect([credits.address, credits.answer.usd]).toEqual(["/v1/billing/balance", 123.45])
  const detail = await askOf(balanceDetail, { current_balance: 1, currency: "USD" })
  expect(detail.address).toBe("/v2/billing/detail")
})
