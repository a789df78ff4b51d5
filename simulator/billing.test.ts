import { expect } from "@playwright/test"
import { z } from "zod"
import { expectDocumented } from "./documented"
import { type Client, test } from "./testing"

const usd = (credits: number) => credits / 2_000_000

function get(client: Client, path: string, key = "test-key"): Promise<Response> {
  return fetch(client.url + path, { headers: { authorization: `Bearer ${key}` } })
}

const transactionsSchema = z.object({
  data: z.array(
    z.object({
      created_at: z.string(),
      direction: z.string(),
      type: z.string(),
      amount: z.object({ usd: z.number(), credits: z.int().nonnegative() }),
      model: z.string().nullable(),
      reference_id: z.string().nullable(),
    }),
  ),
  pagination: z.object({ next_cursor: z.string().nullable(), has_more: z.boolean() }),
})

async function transactions(client: Client, query = "") {
  const response = await get(client, `/v2/billing/transactions${query}`)
  return transactionsSchema.parse(await response.json())
}

const refusalSchema = z.object({ message: z.string(), statusCode: z.number() })

async function refusal(client: Client, path: string, key?: string) {
  return refusalSchema.parse(await (await get(client, path, key)).json())
}

test("balance, transactions and costs add up to the last credit", async ({ client }) => {
  const first = await client.chat("gpt-4o", "What is a ledger?")
  const second = await client.complete("deepseek/deepseek-r1", "And what is a balance sheet?")
  const credits =
    Number(first.headers.get("x-aimlapi-credits-used")) + second.meta.usage.credits_used
  expect(credits).toBeGreaterThan(0)

  const { data } = await transactions(client)
  expect(data.map(({ type }) => type)).toEqual(["MODEL_USAGE", "MODEL_USAGE", "INIT"])
  const [, earlier, opening] = data
  expect(earlier?.reference_id).toBe(first.headers.get("x-inference-id"))
  expect(opening).toMatchObject({ direction: "TOPUP", model: null, reference_id: null })
  for (const { amount } of data) expect(amount.usd).toBe(usd(amount.credits))
  const left = data.reduce(
    (sum, { direction, amount }) => sum + (direction === "TOPUP" ? 1 : -1) * amount.credits,
    0,
  )
  expect(opening && opening.amount.credits - left).toBe(credits)

  const balance = await (await get(client, "/v2/billing")).json()
  expect(balance).toEqual({ current_balance: usd(left), currency: "USD" })
  const legacy = await (await get(client, "/v1/billing/balance")).json()
  expect(legacy).toMatchObject({ balance: left, lowBalance: false, lowBalanceThreshold: 10_000 })
})

test("a request that comes to nothing moves no money", async ({ client }) => {
  await client.rule({ match: "gone wrong", name: "status", statusCode: 500 })
  expect((await client.chat("gpt-4o", "gone wrong")).status).toBe(500)
  expect((await transactions(client)).data).toHaveLength(1)
})

test("transactions come in pages that stay put while new ones arrive", async ({ client }) => {
  for (const question of ["one", "two", "three"]) await client.complete("gpt-4o", question)
  const all = (await transactions(client)).data
  const page = await transactions(client, "?limit=2")
  expect(page.data).toEqual(all.slice(0, 2))
  expect(page.pagination.has_more).toBe(true)
  await client.complete("gpt-4o", "four")
  const cursor = page.pagination.next_cursor ?? ""
  const next = await transactions(client, `?limit=2&cursor=${cursor}`)
  expect(next).toEqual({
    data: all.slice(2),
    pagination: { next_cursor: null, has_more: false },
  })
  for (const changed of [`${cursor}A`, "nonsense", "bnVsbA"]) {
    const { statusCode } = await refusal(client, `/v2/billing/transactions?cursor=${changed}`)
    expect(statusCode).toBe(400)
  }
})

test("transactions are told apart by direction, kind and time", async ({ client }) => {
  await client.complete("gpt-4o", "one")
  const types = async (query: string) =>
    (await transactions(client, query)).data.map(({ type }) => type)
  expect(await types("?direction=TOPUP")).toEqual(["INIT"])
  expect(await types("?type=MODEL_USAGE")).toEqual(["MODEL_USAGE"])
  expect(await types("?type=REFUND")).toEqual([])
  expect(await types("?to=2020-01-01T00:00:00Z")).toEqual([])
  expect(await types("?from=2020-01-01T00:00:00%2B02:00")).toEqual(["MODEL_USAGE", "INIT"])
})

test("a query with a fault is refused in the vendor's words", async ({ client }) => {
  const words: Record<string, string> = {
    "?page=2": "Unrecognized key(s) in object: 'page'",
    "?limit=0": "Number must be greater than or equal to 1",
    "?limit=101": "Number must be less than or equal to 100",
    "?limit=some": "Expected integer, received number",
    "?direction=charge": "Expected 'TOPUP' | 'CHARGE', received 'charge'",
    "?type=INIT&type=BONUS": "Expected string, received array",
    "?from=2026-01-01T00:00:00": "Invalid datetime",
    "?from=2026-02-30T00:00:00Z": "Invalid datetime",
    "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z": "to must be later than from",
  }
  for (const [query, message] of Object.entries(words)) {
    const told = await refusal(client, `/v2/billing/transactions${query}`)
    expect(told.statusCode).toBe(400)
    expect(told.message).toMatch(/^Query validation error!\n/)
    expect(told.message).toContain(message)
  }
})

test("the account is closed to nobody's key", async ({ client }) => {
  const paths = ["/v2/billing", "/v2/billing/detail", "/v2/billing/transactions"]
  for (const path of [...paths, "/v1/billing/balance"]) {
    expect((await fetch(client.url + path)).status).toBe(401)
  }
})

test("answers about the account are as documented", async ({ client }) => {
  await client.complete("gpt-4o", "one")
  const paths = ["/v2/billing", "/v2/billing/detail", "/v2/billing/transactions"]
  for (const path of [...paths, "/v1/billing/balance"]) {
    expectDocumented("GET", path, await (await get(client, path)).json())
  }
})
