import { expect } from "@playwright/test"
import { z } from "zod"
import { type Client, test } from "./testing"

async function control(client: Client, method: string, path: string, body?: object) {
  return await fetch(`${client.url}/_simulator/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
}

async function list(client: Client, query = ""): Promise<unknown[]> {
  const response = await fetch(`${client.url}/v1/models${query}`)
  return z.object({ data: z.array(z.unknown()) }).parse(await response.json()).data
}

const idsOf = (entries: unknown[]) =>
  entries.flatMap((entry) => z.object({ id: z.string() }).safeParse(entry).data?.id ?? [])

const dreamer = {
  model: { id: "acme/dreamer", type: "openai/chat-completions", info: { name: "Dreamer" } },
  operations: [
    {
      kind: "chat",
      path: "/v1/chat/completions",
      request: {
        type: "object",
        properties: {
          model: { type: "string" },
          messages: { type: "array" },
          depth: { type: "integer", maximum: 3 },
        },
        required: ["model", "messages", "depth"],
      },
      responses: { "200": { type: "object", properties: { dream: { type: "string" } } } },
    },
  ],
}

test("a made-up model is listed, documented and held to its own schema", async ({ client }) => {
  expect((await control(client, "POST", "models", dreamer)).status).toBe(201)
  const [found] = await list(client, "?id=ACME/Dreamer&include=all")
  expect(found).toMatchObject({
    id: "acme/dreamer",
    aliases: [],
    info: { name: "Dreamer", developer: "Acme" },
    modalities: { output: ["text"] },
    pricing: { kind: "fixed" },
  })
  const { info } = z.object({ info: z.object({ docsJson: z.string() }) }).parse(found)
  expect(await (await fetch(info.docsJson)).json()).toMatchObject({
    paths: {
      "/v1/chat/completions": {
        post: {
          requestBody: {
            content: {
              "application/json": {
                schema: {
                  required: ["model", "messages", "depth"],
                  properties: { model: { enum: ["acme/dreamer"] }, depth: { maximum: 3 } },
                },
              },
            },
          },
          responses: {
            "200": {
              content: {
                "application/json": { schema: { properties: { dream: { type: "string" } } } },
              },
            },
          },
        },
      },
    },
  })
  expect((await client.chat("acme/dreamer", "hello")).status).toBe(400)
  const tooDeep = await client.chat("acme/dreamer", "hello", { depth: 4 })
  expect(await tooDeep.text()).toContain("Number must be less than or equal to 3")
  expect((await client.chat("acme/dreamer", "hello", { depth: 3 })).ok).toBe(true)

  expect((await control(client, "DELETE", "models/acme/dreamer")).status).toBe(200)
  expect(await list(client, "?id=acme/dreamer")).toEqual([])
  expect((await control(client, "DELETE", "models/acme%2Fdreamer")).status).toBe(404)
})

test("a model of an unheard-of type can be hidden and have several operations", async ({
  client,
}) => {
  const operations = [
    { kind: "video", path: "/v9/holograms", request: { type: "object" } },
    { kind: "video", path: "/v9/holograms", method: "GET", responses: { "200": {} } },
  ]
  const model = { id: "acme/hologram", type: "internal/holograms" }
  await control(client, "POST", "models", { model, operations, isListed: false })
  expect(await list(client, "?id=acme/hologram")).toEqual([])
  expect((await fetch(`${client.url}/model/acme/hologram`)).status).toBe(200)
  const document = await fetch(`${client.url}/docs-json?model=acme/hologram`)
  const { paths } = z
    .object({ paths: z.record(z.string(), z.looseObject({})) })
    .parse(await document.json())
  expect(Object.keys(paths["/v9/holograms"] ?? {})).toEqual(["post", "get"])
})

test("a made-up model that makes no sense is refused", async ({ client }) => {
  for (const body of [
    {},
    { model: { id: "acme/typeless" } },
    { model: { id: "acme/x", type: "x", aliases: "one" } },
    { ...dreamer, operations: [{ kind: "dream", path: "/v1/dreams" }] },
    { ...dreamer, colour: "green" },
  ]) {
    expect((await control(client, "POST", "models", body)).status).toBe(400)
  }
})

test("the catalogue and its documents go away and come back", async ({ client }) => {
  const document = "/docs-json?model=gpt-4o"
  const statuses = (paths: string[]) =>
    Promise.all(paths.map(async (path) => (await fetch(client.url + path)).status))
  await control(client, "PUT", "catalogue", { isAway: true })
  expect(await statuses(["/v1/models", "/models/with-details", "/model/gpt-4o", document])).toEqual(
    [503, 503, 503, 200],
  )
  const away = await control(client, "PUT", "catalogue", { documentsAreAway: true })
  expect(await away.json()).toMatchObject({ isAway: true, documentsAreAway: true })
  expect(await statuses(["/v1/models", document])).toEqual([503, 503])
  await control(client, "DELETE", "catalogue")
  expect(await statuses(["/v1/models", document])).toEqual([200, 200])
  expect((await control(client, "PUT", "catalogue", { isGone: true })).status).toBe(400)
})

test("the list grows by models of every type that can be called", async ({ client }) => {
  const before = await list(client)
  await control(client, "PUT", "catalogue", { extraCount: 2_000 })
  const after = await list(client, "?include=all")
  expect(after).toHaveLength(before.length + 2_000)
  const schema = z.array(z.object({ type: z.string() }))
  const extra = after.filter((entry) => idsOf([entry])[0]?.startsWith("acme/"))
  const types = (entries: unknown[]) => new Set(schema.parse(entries).map(({ type }) => type))
  expect(types(extra)).toEqual(types(before))
  expect(idsOf(extra)).toContain("acme/model-0001")
  const chatty = z
    .array(z.object({ id: z.string(), type: z.string() }))
    .parse(extra)
    .find(({ type }) => type === "openai/chat-completions")
  expect((await client.chat(chatty?.id ?? "", "hello")).ok).toBe(true)
  await control(client, "PUT", "catalogue", { extraCount: 10 })
  expect(await list(client)).toHaveLength(before.length + 10)
  await control(client, "DELETE", "catalogue")
  expect(await list(client)).toEqual(before)
})

test("broken entries stand among sound ones", async ({ client }) => {
  const before = await list(client)
  await control(client, "PUT", "catalogue", { brokenEntries: true })
  const after = await list(client)
  expect(idsOf(after)).toEqual(expect.arrayContaining(idsOf(before)))
  for (const wrong of ["broken/just-a-text", null, 42]) expect(after).toContain(wrong)
  const sound = new Set(idsOf(before))
  const broken = after.filter((entry) => !idsOf([entry]).some((id) => sound.has(id)))
  expect(broken).toContainEqual(
    expect.objectContaining({
      pricing: expect.objectContaining({
        units: [expect.objectContaining({ price: "0.5 USD" })],
      }),
    }),
  )
  expect(broken).toContainEqual(expect.objectContaining({ aliases: null }))
  expect(broken).toContainEqual(expect.objectContaining({ type: 5 }))
  expect(broken).toContainEqual(expect.not.objectContaining({ info: expect.anything() }))
  const [first] = after
  expect(idsOf([first])).toEqual([])
})

test("documents are broken in turn, for the ids that were named", async ({ client }) => {
  const brokenDocuments = ["openai/gpt-4o", "O1", "acme/nothing"]
  await control(client, "PUT", "catalogue", { brokenDocuments })
  const read = async (id: string) =>
    await (await fetch(`${client.url}/docs-json?model=${encodeURIComponent(id)}`)).text()
  const cut = await read("gpt-4o")
  expect(() => JSON.parse(cut)).toThrow()
  expect(JSON.parse(await read("o1"))).toMatchObject({
    paths: {
      "/v1/chat/completions": {
        post: {
          requestBody: {
            content: {
              "application/json": {
                schema: { properties: { count: { minimum: 10, maximum: 1 } } },
              },
            },
          },
        },
      },
    },
  })
  expect(await read("acme/nothing")).toContain("<!doctype html>")
  expect(JSON.parse(await read("gpt-4o-mini"))).toHaveProperty("openapi")
})

test("without credits every model says so, and the books still add up", async ({ client }) => {
  await client.complete("gpt-4o", "before")
  const balance = async () => {
    const headers = { authorization: "Bearer test-key" }
    const response = await fetch(`${client.url}/v2/billing`, { headers })
    return z.object({ current_balance: z.number() }).parse(await response.json()).current_balance
  }
  const rich = await balance()
  await control(client, "PUT", "catalogue", { outOfCredits: true })
  expect(await balance()).toBe(0)
  const refused = await client.chat("gpt-4o", "please")
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({
    message: expect.stringMatching(/^You've run out of credits\. Please top up/),
  })
  expect((await client.log("please"))[0]).toMatchObject({ status: 403 })
  await control(client, "PUT", "catalogue", { outOfCredits: true })
  await control(client, "PUT", "catalogue", { outOfCredits: false })
  expect(await balance()).toBe(rich)
  expect((await client.chat("gpt-4o", "again")).ok).toBe(true)
})

test("the ledger is open to tests", async ({ client }) => {
  const { meta } = await client.complete("gpt-4o", "one")
  const { credits_used, usd_spent } = meta.usage
  const body = await (await control(client, "GET", "ledger")).json()
  expect(body).toMatchObject({
    data: [{ model: "openai/gpt-4o", credits: credits_used, keyPrefix: "test-key" }],
    spentCredits: credits_used,
    spentUsd: usd_spent,
  })
})

test("links to media can be made to expire at once", async ({ client }) => {
  const spoken = await client.post("/v1/tts", { model: "openai/tts-1", text: "Hello." })
  const { audio } = z
    .object({
      audio: z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)]),
    })
    .parse(await spoken.json())
  expect((await fetch(audio)).status).toBe(200)
  expect((await control(client, "DELETE", "media")).status).toBe(200)
  expect((await fetch(audio)).status).toBe(403)
})
