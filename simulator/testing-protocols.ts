import { z } from "zod"
import type { Client } from "./testing"

const dataSchema = z.looseObject({ type: z.string().optional() })

/** One named event of a stream; `data` is empty for the final `[DONE]`. */
export interface NamedEvent {
  name: string
  data: z.infer<typeof dataSchema>
}

/** The events of a stream in which every event has a name; comments are left out. */
export function namedEventsOf(stream: string): NamedEvent[] {
  return stream.split("\n\n").flatMap((block) => {
    const [, name, text] = /^event: (.+)\ndata: (.*)$/.exec(block) ?? []
    if (name === undefined || text === undefined) return []
    return [{ name, data: text === "[DONE]" ? {} : dataSchema.parse(JSON.parse(text)) }]
  })
}

/** The names of some events in order, each row of equal names once. */
export function courseOf(events: NamedEvent[]): string[] {
  const names = events.map(({ name }) => name)
  return names.filter((name, index) => name !== names[index - 1])
}

/** What the events of one name add up to in one of their members. */
export function joinedText(events: NamedEvent[], name: string, member = "delta"): string {
  return events
    .filter((event) => event.name === name)
    .map(({ data }) => String(data[member]))
    .join("")
}

/** Asks for something with the key that the client posts with, by GET or another method. */
export function get(client: Client, path: string, method = "GET"): Promise<Response> {
  return fetch(client.url + path, { method, headers: { authorization: "Bearer test-key" } })
}

/** What is left on the account, in credits. */
export async function balanceOf(client: Client): Promise<number> {
  const response = await get(client, "/v1/billing/balance")
  return z.object({ balance: z.number() }).parse(await response.json()).balance
}
