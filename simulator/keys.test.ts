import { expect } from "@playwright/test"
import { z } from "zod"
import { expectDocumented } from "./documented"
import { windowStart } from "./key-store"
import { type Client, test } from "./testing"

const keySchema = z.looseObject({
  data: z.looseObject({
    prefix: z.string(),
    name: z.string().nullable(),
    disabled: z.boolean(),
    monthly_usage: z.number(),
    limit: z.looseObject({}).nullish(),
    scopes: z.array(z.string()).nullable(),
  }),
})

async function manage(client: Client, method: string, path: string, body?: object) {
  const response = await fetch(client.url + path, {
    method,
    headers: { authorization: "Bearer management-key", "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: z.unknown().parse(await response.json()) }
}

async function createKey(client: Client, settings: object) {
  const { body } = await manage(client, "POST", "/v1/keys", settings)
  expectDocumented("POST", "/v1/keys", body)
  return z.object({ data: z.looseObject({ prefix: z.string(), key: z.string() }) }).parse(body).data
}

function chatWith(client: Client, key: string, prompt = "one"): Promise<Response> {
  return client.chat("gpt-4o", prompt, {}, { headers: { authorization: `Bearer ${key}` } })
}

test("a key is made, used, changed and deleted", async ({ client }) => {
  const { key, prefix } = await createKey(client, { name: "mine" })
  expect(key).toMatch(/^[0-9a-f]{32}$/)
  expect(prefix).toBe(key.slice(0, 8))
  expect((await chatWith(client, key)).ok).toBe(true)
  expect((await chatWith(client, `${prefix}but-not-the-rest`)).status).toBe(401)

  const latest = await manage(client, "GET", "/v1/key")
  expectDocumented("GET", "/v1/key", latest.body)
  expect(keySchema.parse(latest.body).data).toMatchObject({ prefix, name: "mine" })
  expect(keySchema.parse(latest.body).data.monthly_usage).toBeGreaterThan(0)
  expect(JSON.stringify(latest.body)).not.toContain(key)

  const one = `/v1/keys/${prefix}`
  const patched = await manage(client, "PATCH", one, { disabled: true })
  expectDocumented("PATCH", "/v1/keys/{prefix}", patched.body)
  expect(keySchema.parse(patched.body).data).toMatchObject({ name: "mine", disabled: true })
  expect((await chatWith(client, key)).status).toBe(403)
  const replaced = await manage(client, "PUT", one, { scopes: ["model:chat"] })
  expectDocumented("PUT", "/v1/keys/{prefix}", replaced.body)
  expect(keySchema.parse(replaced.body).data).toMatchObject({
    name: null,
    disabled: false,
    scopes: ["model:chat"],
  })
  expect((await chatWith(client, key)).ok).toBe(true)

  const deleted = await manage(client, "DELETE", one)
  expectDocumented("DELETE", "/v1/keys/{prefix}", deleted.body)
  expect(deleted.body).toEqual({ data: { prefix, deleted: true } })
  expect((await chatWith(client, key)).status).toBe(401)
  expect((await manage(client, "DELETE", one)).status).toBe(404)
  expect((await manage(client, "PATCH", one, {})).status).toBe(404)
})

test("keys are listed oldest first, with those that were merely used", async ({ client }) => {
  expect((await manage(client, "GET", "/v1/key")).status).toBe(404)
  await client.complete("gpt-4o", "one")
  const { prefix } = await createKey(client, {})
  await client.complete("gpt-4o", "two")
  const { body } = await manage(client, "GET", "/v1/keys")
  expectDocumented("GET", "/v1/keys", body)
  const { data } = z.object({ data: z.array(z.looseObject({ prefix: z.string() })) }).parse(body)
  expect(data.map((entry) => entry.prefix)).toEqual(["test-key", prefix])
})

test("a key over its limit is blocked, and only that key", async ({ client }) => {
  const limit = { retention: "day", threshold: 0.000001 }
  const { key } = await createKey(client, { limit })
  expect((await chatWith(client, key)).ok).toBe(true)
  const blocked = await chatWith(client, key)
  expect(blocked.status).toBe(403)
  expect(await blocked.text()).toContain("You have exhausted the available")
  expect((await chatWith(client, "test-key")).ok).toBe(true)
  const raised = { limit: { retention: "day", threshold: 10 } }
  await manage(client, "PATCH", `/v1/keys/${key.slice(0, 8)}`, raised)
  expect((await chatWith(client, key)).ok).toBe(true)
})

test("limits start anew at midnight UTC, on Mondays and on the first", () => {
  const sunday = new Date("2026-03-01T23:59:59Z")
  expect(windowStart("day", sunday)).toEqual(new Date("2026-03-01T00:00:00Z"))
  expect(windowStart("week", sunday)).toEqual(new Date("2026-02-23T00:00:00Z"))
  expect(windowStart("week", new Date("2026-03-02T00:00:00Z"))).toEqual(
    new Date("2026-03-02T00:00:00Z"),
  )
  expect(windowStart("month", sunday)).toEqual(new Date("2026-03-01T00:00:00Z"))
  expect(windowStart("no_reset", sunday)).toEqual(new Date(0))
})

test("a key serves only what its scopes name", async ({ client }) => {
  const { key } = await createKey(client, { scopes: ["model:image"] })
  expect((await chatWith(client, key)).status).toBe(403)
})

test("keys are managed with a management key, which can do nothing else", async ({ client }) => {
  for (const [method, path] of [
    ["POST", "/v1/keys"],
    ["GET", "/v1/keys"],
    ["GET", "/v1/key"],
    ["PATCH", "/v1/keys/test-key"],
    ["PUT", "/v1/keys/test-key"],
    ["DELETE", "/v1/keys/test-key"],
  ] as const) {
    const headers = { authorization: "Bearer test-key" }
    expect((await fetch(client.url + path, { method, headers })).status).toBe(403)
    expect((await fetch(client.url + path, { method })).status).toBe(401)
  }
  expect((await chatWith(client, "management-key")).status).toBe(403)
})

test("what a key cannot be is refused", async ({ client }) => {
  for (const settings of [
    { scopes: ["model:everything"] },
    { limit: { retention: "year" } },
    { limit: { threshold: "much" } },
    { colour: "green" },
    [],
  ]) {
    const { status, body } = await manage(client, "POST", "/v1/keys", settings)
    expect(status, JSON.stringify(settings)).toBe(400)
    expect(body).toMatchObject({ message: expect.stringMatching(/^Body validation error!\n/) })
  }
})
