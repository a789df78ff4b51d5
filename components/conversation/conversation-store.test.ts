import { expect, test } from "@playwright/test"
import type { Message } from "@/lib/message/message"
import { noFacts } from "@/lib/message/no-facts"
import { ConversationStore } from "./conversation-store"

function message(id: string, parentId: string | null, rest: Partial<Message> = {}): Message {
  return {
    ...{ id, parentId, parts: [], model: null, comparison: null, error: null, ...noFacts },
    ...{ role: "user", status: "complete", createdAt: "2026-01-01T00:00:00.000Z", ...rest },
  }
}

test("versions stand below one message; those compared are some of them", () => {
  const store = new ConversationStore(
    [
      message("q", null),
      message("a", "q", { role: "assistant" }),
      message("b", "q", { role: "assistant", comparison: "b" }),
      message("c", "q", { role: "assistant", comparison: "b" }),
    ],
    "b",
  )
  expect(store.versions("a")).toEqual(["a", "b", "c"])
  expect(store.compared("c")).toEqual(["b", "c"])
  expect(store.compared("a")).toEqual(["a"])
  store.put([message("q2", null)], "q2")
  expect(store.versions("q")).toEqual(["q", "q2"])
  store.remove(["q2"], "b")
  expect(store.versions("q")).toEqual(["q"])
})

test("to know the versions of all messages takes one look at each", () => {
  let looks = 0
  const counted = (id: string, parentId: string | null) =>
    Object.defineProperty(message(id, parentId), "parentId", {
      get: () => {
        looks += 1
        return parentId
      },
    })
  const count = 2_000
  const ids = Array.from({ length: count }, (_, at) => `m${at}`)
  const messages = ids.map((id, at) => counted(id, ids[at - 1] ?? null))
  const store = new ConversationStore(messages, ids.at(-1) ?? null)
  for (const id of ids) expect(store.versions(id)).toEqual([id])
  expect(looks).toBeLessThan(count * 10)
})
