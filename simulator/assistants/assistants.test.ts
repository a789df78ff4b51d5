import { expect } from "@playwright/test"
import { z } from "zod"
import { test } from "../testing"
import { get } from "../testing-protocols"
import { fetched, listed, refusal, send, upload } from "./testing"

test("an assistant is made, changed and removed", async ({ client }) => {
  const made = await send(client, "/assistants", { model: "gpt-4o", name: "Guide" })
  expect(made).toMatchObject({
    id: /^asst_/,
    object: "assistant",
    model: "gpt-4o",
    tools: [],
    temperature: 1,
    response_format: "auto",
  })
  await send(client, `/assistants/${made.id}`, { instructions: "Be kind.", temperature: 0.5 })
  expect(await fetched(client, `/v1/assistants/${made.id}`)).toMatchObject({
    name: "Guide",
    instructions: "Be kind.",
    temperature: 0.5,
  })
  const removed = await get(client, `/assistants/${made.id}`, "DELETE")
  expect(await removed.json()).toEqual({ id: made.id, object: "assistant.deleted", deleted: true })
  const gone = await get(client, `/assistants/${made.id}`)
  expect(gone.status).toBe(404)
  expect((await gone.json()).message).toContain(`No assistant found with id '${made.id}'`)
})

test("wrong assistants are refused in the vendor's words", async ({ client }) => {
  const why = (body: object) => refusal(client, "/assistants", body)
  expect(await why({})).toBe("Body validation error!\nRequired")
  expect(await why({ model: "anthropic/claude-sonnet-4.5" })).toContain("Invalid enum value")
  expect(await why({ model: "gpt-4" })).toBe("Model is deprecated")
  expect(await why({ model: "gpt-4o", temperature: 3 })).toContain("less than or equal to 2")
  expect(await why({ model: "gpt-4o", name: 7 })).toContain("Expected string, received number")
  expect(await why({ model: "gpt-4o", tools: [{ type: "magic" }] })).toContain("Invalid")
  const stores = { file_search: { vector_stores: [{ file_ids: ["file-x"] }] } }
  expect(await why({ model: "gpt-4o", tool_resources: stores })).toContain("file-x")
  const [entry] = (await client.log("")).slice(-1)
  expect(entry).toMatchObject({ status: 404 })
  const keyless = await fetch(`${client.url}/assistants`)
  expect(keyless.status).toBe(401)
})

test("lists come in pages", async ({ client }) => {
  const ids: string[] = []
  for (const name of ["a", "b", "c", "d"]) {
    ids.push((await send(client, "/assistants", { model: "gpt-4o", name })).id)
  }
  const [a, b, c, d] = ids
  const page = async (query: string) => {
    const { data, has_more } = await listed(client, `/assistants?${query}`)
    return [data.map(({ id }) => id), has_more]
  }
  expect(await page("")).toEqual([[d, c, b, a], false])
  expect(await page("limit=2&order=asc")).toEqual([[a, b], true])
  expect(await page(`limit=2&order=asc&after=${b}`)).toEqual([[c, d], false])
  expect(await page(`limit=1&order=asc&before=${c}`)).toEqual([[b], true])
  for (const query of ["limit=0", "limit=101", "order=random"]) {
    const response = await get(client, `/assistants?${query}`)
    expect([response.status, (await response.json()).message]).toEqual([
      400,
      expect.stringContaining("Query validation error!"),
    ])
  }
  expect((await get(client, "/assistants?after=asst_x")).status).toBe(400)
})

test("threads and their messages", async ({ client }) => {
  const thread = await send(client, "/threads", { metadata: { by: "me" } })
  expect(thread).toMatchObject({ object: "thread", metadata: { by: "me" }, tool_resources: {} })
  const messages = `/threads/${thread.id}/messages`
  const first = await send(client, messages, { role: "user", content: "Hello" })
  expect(first).toMatchObject({
    object: "thread.message",
    status: "completed",
    run_id: null,
    content: [{ type: "text", text: { value: "Hello", annotations: [] } }],
  })
  const picture = { type: "image_url", image_url: { url: "https://example.com/a.png" } }
  const content = [{ type: "text", text: "And this" }, picture]
  const second = await send(client, messages, { role: "user", content })
  expect((await listed(client, messages)).data.map(({ id }) => id)).toEqual([second.id, first.id])
  await send(client, `${messages}/${first.id}`, { metadata: { seen: "yes" } })
  expect(await fetched(client, `${messages}/${first.id}`)).toMatchObject({
    metadata: { seen: "yes" },
  })
  const removed = await get(client, `${messages}/${first.id}`, "DELETE")
  expect(await removed.json()).toMatchObject({ object: "thread.message.deleted", deleted: true })
  expect((await listed(client, messages)).data).toHaveLength(1)
  expect(await refusal(client, messages, { role: "system", content: "x" })).toContain(
    "Expected 'user' | 'assistant', received 'system'",
  )
  const attachments = [{ file_id: "file-x", tools: [{ type: "file_search" }] }]
  expect(await refusal(client, messages, { role: "user", content: "x", attachments })).toContain(
    "file-x",
  )
  const gone = await get(client, `/threads/${thread.id}`, "DELETE")
  expect(await gone.json()).toMatchObject({ object: "thread.deleted" })
  expect((await get(client, messages)).status).toBe(404)
  const bare = await fetch(`${client.url}/threads`, {
    method: "POST",
    headers: { authorization: "Bearer test-key" },
  })
  expect(bare.ok).toBe(true)
})

test("files go up, come down and go away", async ({ client }) => {
  const response = await upload(client, "notes.txt", "Some notes.")
  const file = z.looseObject({ id: z.string() }).parse(await response.json())
  expect(file).toMatchObject({
    object: "file",
    bytes: 11,
    filename: "notes.txt",
    purpose: "assistants",
  })
  expect(await fetched(client, `/files/${file.id}`)).toEqual(file)
  const content = await get(client, `/v1/files/${file.id}/content`)
  expect(await content.text()).toBe("Some notes.")
  const removed = await get(client, `/files/${file.id}`, "DELETE")
  expect(await removed.json()).toEqual({ id: file.id, object: "file", deleted: true })
  expect((await get(client, `/files/${file.id}`)).status).toBe(404)
  const wrong = await upload(client, "notes.txt", "Some notes.", "fine-tune")
  expect(wrong.status).toBe(400)
  expect(await refusal(client, "/files", { purpose: "assistants" })).toContain("Required")
})
