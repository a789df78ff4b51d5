import { expect } from "@playwright/test"
import { z } from "zod"
import { expectDocumented } from "./documented"
import { type Client, test } from "./testing"

function get(client: Client, path: string, key = "test-key"): Promise<Response> {
  return fetch(client.url + path, { headers: { authorization: `Bearer ${key}` } })
}

async function refusal(client: Client, path: string, key?: string) {
  const schema = z.object({ message: z.string(), statusCode: z.number() })
  return schema.parse(await (await get(client, path, key)).json())
}

const tokensSchema = z.object({ input: z.int(), output: z.int(), total: z.int() })

const usageSchema = z.object({
  api_key_prefix: z.string().nullable(),
  start: z.string(),
  end: z.string(),
  spend: z.number(),
  requests: z.int(),
  models: z
    .array(z.object({ model: z.string(), spend: z.number(), requests: z.int() }))
    .default([]),
  groups: z
    .array(
      z.object({
        day: z.string().optional(),
        model: z.string().optional(),
        spend: z.number(),
        tokens: tokensSchema,
        requests: z.object({
          total: z.int(),
          charged: z.int(),
          succeeded: z.int(),
          failed: z.int(),
        }),
      }),
    )
    .optional(),
})

const logsSchema = z.object({
  data: z.array(
    z.object({
      created: z.string(),
      status: z.enum(["succeeded", "failed"]),
      model: z.string(),
      cost: z.object({ usd: z.number(), credits: z.int() }),
      tokens: tokensSchema,
      inference_id: z.string(),
      client_request_id: z.string().nullable(),
    }),
  ),
  pagination: z.object({
    limit: z.int(),
    offset: z.int(),
    total: z.int(),
    has_more: z.boolean(),
  }),
})

const ledgerSchema = z.object({
  data: z.array(z.object({ keyPrefix: z.string(), credits: z.int() })),
  balanceCredits: z.int(),
  spentCredits: z.int(),
  spentUsd: z.number(),
})

async function usage(client: Client, query: string, key?: string) {
  return usageSchema.parse(await (await get(client, `/v2/usage${query}`, key)).json())
}

async function logs(client: Client, query: string, key?: string) {
  return logsSchema.parse(await (await get(client, `/v2/logs${query}`, key)).json())
}

async function ledger(client: Client) {
  return ledgerSchema.parse(await (await fetch(`${client.url}/_simulator/ledger`)).json())
}

/** Two charged requests to one model, one to another, and one that fails. */
async function busyMorning(client: Client): Promise<void> {
  await client.rule({ match: "gone wrong", name: "status", statusCode: 500 })
  await client.complete("gpt-4o", "one")
  await client.stream("gpt-4o", "two")
  await client.complete("deepseek/deepseek-r1", "three")
  await client.chat("gpt-4o", "gone wrong", {}, { headers: { "x-client-request-id": "mine:1" } })
}

test("usage, logs and balance agree to the last credit", async ({ client }) => {
  await busyMorning(client)
  const books = await ledger(client)
  const { data } = await logs(client, "?period=1h")
  const logged = data.reduce((sum, { cost }) => sum + cost.credits, 0)
  expect(logged).toBe(books.spentCredits)
  const total = await usage(client, "?period=1h")
  expect(total.spend).toBe(books.spentUsd)
  expect(total.requests).toBe(3)
  expect(total.api_key_prefix).toBeNull()
  const { current_balance } = z
    .object({ current_balance: z.number() })
    .parse(await (await get(client, "/v2/billing")).json())
  expect(current_balance * 2_000_000).toBe(books.balanceCredits)
  const opening = z
    .object({ data: z.tuple([z.object({ amount: z.object({ credits: z.int() }) })]) })
    .parse(await (await get(client, "/v2/billing/transactions?type=INIT")).json())
  expect(opening.data[0].amount.credits - books.balanceCredits).toBe(books.spentCredits)
})

test("logs list every request, the failed ones for nothing", async ({ client }) => {
  await busyMorning(client)
  const { data, pagination } = await logs(client, "?period=24h")
  expect(pagination).toEqual({ limit: 50, offset: 0, total: 4, has_more: false })
  expect(data.map(({ status }) => status)).toEqual([
    "failed",
    "succeeded",
    "succeeded",
    "succeeded",
  ])
  expect(data[0]).toMatchObject({
    cost: { usd: 0, credits: 0 },
    model: "openai/gpt-4o",
    client_request_id: "mine:1",
  })
  expect(data[1]?.client_request_id).toBeNull()
  expect(data[1]?.tokens.total).toBeGreaterThan(0)
  const page = await logs(client, "?period=24h&limit=2&offset=1")
  expect(page.data).toEqual(data.slice(1, 3))
  expect(page.pagination).toEqual({ limit: 2, offset: 1, total: 4, has_more: true })
})

test("log filters take the exact name, repeated and never split", async ({ client }) => {
  await busyMorning(client)
  const total = async (query: string) =>
    (await logs(client, `?period=1d&${query}`)).pagination.total
  expect(await total("model=openai/gpt-4o")).toBe(3)
  expect(await total("model=gpt-4o")).toBe(3)
  expect(await total("model=GPT-4o")).toBe(0)
  expect(await total("model=gpt-4o,deepseek/deepseek-r1")).toBe(0)
  expect(await total("model=gpt-4o&model=deepseek/deepseek-r1")).toBe(4)
  expect(await total("model=gpt-4o&status=failed")).toBe(1)
  expect(await total("status=failed&status=succeeded")).toBe(4)
  const { statusCode, message } = await refusal(
    client,
    "/v2/logs?period=1d&status=failed,succeeded",
  )
  expect(statusCode).toBe(400)
  expect(message).toContain("received 'failed,succeeded'")
})

test("the breakdown counts charged requests apart from all", async ({ client }) => {
  await busyMorning(client)
  const plain = await usage(client, "/detail?period=7d")
  expect(plain.groups).toBeUndefined()
  expect(plain.models.map(({ model, requests }) => [model, requests])).toContainEqual([
    "openai/gpt-4o",
    2,
  ])
  const spends = plain.models.map(({ spend }) => spend)
  expect(spends).toEqual(spends.toSorted((left, right) => right - left))
  const { groups = [] } = await usage(client, "/detail?period=7d&group_by=model")
  const chatty = groups.find(({ model }) => model === "openai/gpt-4o")
  expect(chatty?.requests).toEqual({ total: 3, charged: 2, succeeded: 2, failed: 1 })
  expect(groups.reduce((sum, { requests }) => sum + requests.charged, 0)).toBe(plain.requests)
})

test("days begin at midnight of the time zone", async ({ client }) => {
  await client.complete("gpt-4o", "one")
  const days = async (tz: string) =>
    (await usage(client, `/detail?period=1h&group_by=day,model&tz=${tz}`)).groups
  for (const tz of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]) {
    const today = new Date().toLocaleDateString("sv-SE", { timeZone: tz })
    expect(await days(tz)).toMatchObject([{ day: today, model: "openai/gpt-4o" }])
  }
})

test("time zones are canonical names", async ({ client }) => {
  const status = async (tz: string) =>
    (await get(client, `/v2/usage/detail?period=1h&tz=${encodeURIComponent(tz)}`)).status
  for (const tz of ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/Argentina/Buenos_Aires"]) {
    expect(await status(tz), tz).toBe(200)
  }
  for (const tz of ["utc", "+05:00", "europe/berlin", "EUROPE/BERLIN", "Mars/Base", ""]) {
    expect(await status(tz), tz).toBe(400)
  }
})

test("a window is a period or a start and an end, of 92 days at most", async ({ client }) => {
  await client.complete("gpt-4o", "one")
  const now = Date.now()
  const around = `?start=${new Date(now - 60_000).toISOString()}&end=${new Date(now + 60_000).toISOString()}`
  expect((await usage(client, around)).requests).toBe(1)
  const naive = await usage(client, "?start=2026-01-01T00:00:00&end=2026-01-02T00:00:00%2B03:00")
  expect(naive).toMatchObject({
    start: "2026-01-01T00:00:00.000Z",
    end: "2026-01-01T21:00:00.000Z",
    requests: 0,
    spend: 0,
  })
  const day = 86_400_000
  const at = (ms: number) => new Date(now + ms).toISOString()
  const refused = [
    "",
    "?start=2026-01-01",
    "?end=2026-01-01",
    "?period=24h&start=2026-01-01&end=2026-01-02",
    "?period=0d",
    "?period=2w",
    "?period=93d",
    "?period=24h&period=7d",
    "?start=yesterday&end=today",
    "?start=2026-01-02&end=2026-01-01",
    `?start=${at(0)}&end=${at(92 * day + 1)}`,
  ]
  for (const path of ["/v2/usage", "/v2/usage/detail", "/v2/logs"]) {
    for (const query of refused) {
      const { statusCode, message } = await refusal(client, path + query)
      expect(statusCode, path + query).toBe(400)
      expect(message).toMatch(/^Query validation error!\n/)
    }
    expect((await get(client, `${path}?period=92d`)).status).toBe(200)
    expect((await get(client, `${path}?start=${at(0)}&end=${at(92 * day)}`)).status).toBe(200)
  }
})

test("what only the breakdown takes, the total refuses", async ({ client }) => {
  for (const extra of ["group_by=day", "tz=UTC", "model=gpt-4o"]) {
    const { statusCode, message } = await refusal(client, `/v2/usage?period=1d&${extra}`)
    expect(statusCode).toBe(400)
    expect(message).toContain("Unrecognized key(s) in object")
  }
  const wrong = await refusal(client, "/v2/usage/detail?period=1d&group_by=week")
  expect(wrong.message).toContain("Expected 'day' | 'model' | 'day,model', received 'week'")
})

test("a key sees itself and no other", async ({ client }) => {
  const other = { headers: { authorization: "Bearer otherkey-and-more" } }
  await client.complete("gpt-4o", "one")
  await client.chat("gpt-4o", "two", {}, other)
  await client.chat("gpt-4o", "three", {}, other)
  expect((await usage(client, "?period=1d")).requests).toBe(1)
  expect((await usage(client, "?period=1d&key_prefix=test-key")).api_key_prefix).toBe("test-key")
  expect((await logs(client, "?period=1d", "otherkey-and-more")).pagination.total).toBe(2)
  for (const path of ["/v2/usage", "/v2/usage/detail", "/v2/logs"]) {
    const foreign = `${path}?period=1d&key_prefix=otherkey`
    expect((await refusal(client, foreign)).statusCode).toBe(403)
    expect((await fetch(`${client.url}${path}?period=1d`)).status).toBe(401)
  }
})

test("a job is charged to the key that started it, when it is done", async ({ client }) => {
  await client.rule({ match: "later", name: "job" })
  const body = { model: "gpt-4o", input: "later", background: true }
  const submitted = await client.post("/v1/responses", body)
  const id = submitted.headers.get("x-inference-id") ?? ""
  expect((await usage(client, "?period=1d")).requests).toBe(0)
  expect((await get(client, `/v1/responses/${id}`, "otherkey")).ok).toBe(true)
  const { data } = await logs(client, "?period=1d")
  expect(data.map(({ inference_id }) => inference_id)).toEqual([id])
  expect((await usage(client, "?period=1d")).spend).toBe((await ledger(client)).spentUsd)
})

test("logs may be read 200 times a minute", async ({ client }) => {
  const statuses = await Promise.all(
    Array.from({ length: 201 }, async () => (await get(client, "/v2/logs?period=1d")).status),
  )
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  expect((await get(client, "/v2/logs?period=1d", "otherkey")).status).toBe(200)
})

test("answers about usage are as documented", async ({ client }) => {
  await busyMorning(client)
  const queries = {
    "/v2/usage": "?period=1d",
    "/v2/usage/detail": "?period=1d&group_by=day,model&tz=Europe/Berlin",
    "/v2/logs": "?period=1d",
  }
  for (const [path, query] of Object.entries(queries)) {
    expectDocumented("GET", path, await (await get(client, path + query)).json())
  }
})
