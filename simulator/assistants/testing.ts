import { expect } from "@playwright/test"
import { z } from "zod"
import type { Client } from "../testing"
import { get } from "../testing-protocols"

const entitySchema = z.looseObject({ id: z.string(), status: z.string().optional() })
export type Entity = z.infer<typeof entitySchema>

const listSchema = z.looseObject({
  data: z.array(entitySchema),
  first_id: z.string().nullable(),
  last_id: z.string().nullable(),
  has_more: z.boolean(),
})

/** Sends something that must succeed. */
export async function send(client: Client, path: string, body: object = {}): Promise<Entity> {
  const response = await client.post(path, body)
  const answer = await response.json()
  expect([response.ok, answer.message]).toEqual([true, undefined])
  return entitySchema.parse(answer)
}

export async function fetched(client: Client, path: string): Promise<Entity> {
  return entitySchema.parse(await (await get(client, path)).json())
}

export async function listed(client: Client, path: string) {
  return listSchema.parse(await (await get(client, path)).json())
}

/** Why something is refused. */
export async function refusal(client: Client, path: string, body: object): Promise<string> {
  const response = await client.post(path, body)
  expect(response.ok).toBe(false)
  return z.object({ message: z.string() }).parse(await response.json()).message
}

export function upload(
  client: Client,
  name: string,
  content: BlobPart,
  purpose = "assistants",
): Promise<Response> {
  const form = new FormData()
  form.append("purpose", purpose)
  form.append("file", new Blob([content], { type: "text/plain" }), name)
  const headers = { authorization: "Bearer test-key" }
  return fetch(`${client.url}/files`, { method: "POST", body: form, headers })
}

/** A run that was made, waited for and fetched: rules make it end at once. */
export async function finished(client: Client, run: Entity): Promise<Entity> {
  return await fetched(client, `/threads/${run.thread_id}/runs/${run.id}`)
}

/** The text of the newest message of a thread. */
export async function lastText(client: Client, threadId: string): Promise<string> {
  const { data } = await listed(client, `/threads/${threadId}/messages?limit=1`)
  const part = z.looseObject({ text: z.object({ value: z.string() }) })
  const [content] = z.array(part).parse(data[0]?.content)
  return content?.text.value ?? ""
}
