import { expect, test } from "@playwright/test"
import type { Part } from "./message"
import { applyChunk, type Chunk, isEmpty, plainText } from "./parts"

function fold(chunks: Chunk[]): readonly Part[] {
  return chunks.reduce<readonly Part[]>(applyChunk, [])
}

test("reasoning and text become parts in the order in which they came", () => {
  const parts = fold([
    { type: "start", messageId: "m" },
    { type: "reasoning-start", id: "r" },
    { type: "reasoning-delta", id: "r", delta: "Hm" },
    { type: "reasoning-delta", id: "r", delta: "m." },
    { type: "reasoning-end", id: "r", providerMetadata: { polylogue: { durationMs: 1200 } } },
    { type: "text-start", id: "t" },
    { type: "text-delta", id: "t", delta: "Yes" },
    { type: "text-delta", id: "t", delta: "." },
    { type: "text-end", id: "t" },
    { type: "finish" },
  ])
  expect(parts).toEqual([
    { type: "reasoning", text: "Hmm.", durationMs: 1200 },
    { type: "text", text: "Yes." },
  ])
  expect(plainText(parts)).toBe("Yes.")
  expect(isEmpty(parts)).toBe(false)
})

test("closed parts keep their identity while a later one grows", () => {
  const before = fold([
    { type: "reasoning-delta", id: "r", delta: "a" },
    { type: "text-delta", id: "t", delta: "b" },
  ])
  const after = applyChunk(before, { type: "text-delta", id: "t", delta: "c" })
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})
