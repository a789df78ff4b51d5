import { expect, test } from "@playwright/test"
import type { Heaps } from "./follow"
import { streamResponse } from "./stream-response"

test("a reader that takes nothing for too long is dropped, and what waited for it ends", async () => {
  let hasEnded = false
  async function* words(): Heaps {
    try {
      for (;;) yield [{ type: "text-delta", id: "0", delta: "word ".repeat(1_000) }]
    } finally {
      hasEnded = true
    }
  }
  const reader = streamResponse(words(), { stallMs: 30 }).body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await expect.poll(() => hasEnded).toBe(true)
  const rest = async () => {
    for (;;) if ((await reader?.read())?.done) return
  }
  await expect(rest()).rejects.toThrow("does not read")
})

test("a reader who reads gets everything and the end", async () => {
  async function* words(): Heaps {
    yield [{ type: "text-delta", id: "0", delta: "a" }]
    return [{ type: "text-delta", id: "0", delta: "b" }]
  }
  const text = await streamResponse(words(), { stallMs: 1_000 }).text()
  expect(text.split("\n\n").filter(Boolean)).toHaveLength(3)
  expect(text).toContain("data: [DONE]")
})
