import type { Row } from "../figures"
import { createPeople, type Person } from "../people"
import type { Stack } from "../stack"
import { longConversation } from "./long"
import { type Seeded, seedConversation } from "./seed"
import { growth, streaming } from "./stream"
import { firstVisit } from "./visit"

export type PageBench = {
  stack: Stack
  isQuick: boolean
  reader: Person
  /** The reader's conversation with this many messages, created on first use. */
  conversation: (messages: number) => Promise<Seeded>
}

export const pageRows: readonly Row<PageBench>[] = [
  { name: "first visit", run: firstVisit },
  ...[
    { tokens: 5_000, rate: 200 },
    { tokens: 5_000, rate: 1_000 },
    { tokens: 20_000, rate: 500 },
  ].map((shape) => ({
    name: `streaming ${shape.tokens} tokens at ${shape.rate} a second`,
    run: (bench: PageBench) => streaming(bench, shape),
  })),
  { name: "streaming, growth", run: growth },
  { name: "conversation of 1000 messages", run: (bench) => longConversation(bench, 1_000) },
  { name: "conversation of 10000 messages", run: (bench) => longConversation(bench, 10_000) },
]

/** Prepares a person who reads. */
export async function preparePage(stack: Stack, isQuick: boolean): Promise<PageBench> {
  const [reader, writer] = await createPeople(stack, 2)
  if (!reader || !writer) throw new Error("Nobody is there.")
  const made = new Map<number, Promise<Seeded>>()
  const conversation = (messages: number) => {
    const count = isQuick && messages > 1_000 ? messages / 10 : messages
    const seeded = made.get(messages) ?? seedConversation(stack.db, reader, count)
    made.set(messages, seeded)
    return seeded
  }
  // A new server is slow for its first requests, which are not what is measured.
  for (const path of ["/", "/sign-in"]) {
    await (await fetch(stack.site + path, { headers: { cookie: writer.cookie } })).text()
  }
  return { stack, isQuick, reader, conversation }
}
