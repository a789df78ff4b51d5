import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { expect, test } from "@playwright/test"
import { ConversationStore } from "./conversation-store"
import { TurnClient } from "./turn-client"

test("what was done is not held", async () => {
  setFlagsFromString("--expose-gc")
  const collect: () => void = runInNewContext("gc")
  const client = new TurnClient("a", new ConversationStore([], null))
  const results: WeakRef<object>[] = []
  for (let at = 0; at < 20; at += 1) {
    const result = { at }
    results.push(new WeakRef(result))
    await client.during(Promise.resolve(result))
  }
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  expect(results.filter((result) => result.deref()).length).toBeLessThanOrEqual(1)
})
