import { expect, test } from "@playwright/test"
import { cutToTokens, estimateTokens, inputRoom } from "./context-window"

test("a text is thought to be rather too long than too short, whatever it is written in", () => {
  // Counted with the tokenisers that the vendor's models share most.
  expect(estimateTokens("The quick brown fox jumps over the lazy dog.")).toBeGreaterThanOrEqual(10)
  expect(estimateTokens("敏捷的棕色狐狸跳过懒狗。")).toBeGreaterThanOrEqual(10)
  expect(estimateTokens("Быстрая лиса")).toBeGreaterThanOrEqual(5)
  expect(estimateTokens("")).toBe(0)
})

test("the room is what the answer leaves, and never nothing", () => {
  expect(inputRoom(128_000, 16_000)).toBe(110_500)
  expect(inputRoom(null, 8_000)).toBeGreaterThan(100_000)
  expect(inputRoom(4_096, 4_096)).toBe(1_000)
})

test("a cut text fits, ends whole and at a line where there is one near", () => {
  const text = "A line of some words.\n".repeat(1_000)
  const { text: cut, isCut } = cutToTokens(text, 500)
  expect(isCut).toBe(true)
  expect(estimateTokens(cut)).toBeLessThanOrEqual(501)
  expect(cut.endsWith("words.")).toBe(true)
  expect(cutToTokens("short", 10)).toEqual({ text: "short", isCut: false })
  expect(cutToTokens("😀".repeat(100), 50).text.isWellFormed()).toBe(true)
})
