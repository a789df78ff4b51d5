import { expect, test } from "@playwright/test"
import { likeliest, nearest, passagesOf } from "./passages"

test("a text is cut where paragraphs end, and nothing of it is lost", () => {
  const paragraphs = Array.from({ length: 30 }, (_, index) =>
    `Paragraph ${index}. ${"word ".repeat(30)}`.trim(),
  )
  const passages = passagesOf(paragraphs.join("\n\n"))
  expect(passages.length).toBeGreaterThan(3)
  expect(passages.every((passage) => passage.length <= 1_300)).toBe(true)
  expect(passages.join("\n\n")).toBe(paragraphs.join("\n\n"))
})

test("a paragraph without end is cut at sentences, a sentence without end anyhow", () => {
  const sentences = passagesOf("One is here. ".repeat(400))
  expect(sentences.length).toBeGreaterThan(3)
  expect(sentences.every((passage) => passage.endsWith("."))).toBe(true)
  expect(passagesOf("x".repeat(5_000)).join("").replaceAll(/\s/g, "")).toBe("x".repeat(5_000))
  expect(passagesOf("  \n\n \n")).toEqual([])
})

test("what points the same way is near, however long it is", () => {
  const known = [
    [0, 1],
    [10, 1],
    [-1, 0],
    [0, 0],
  ]
  expect(nearest([1, 0], known, 2)).toEqual([1, 0])
})

test("of too many passages those with words of the query are compared, the others from everywhere", () => {
  const passages = Array.from({ length: 1_000 }, (_, index) => ({
    text: index === 917 ? "The Harbour master's cat" : `Page ${index}`,
    index,
  }))
  const chosen = likeliest(passages, "whose cat lives in the harbour?", 40)
  expect(chosen).toHaveLength(40)
  expect(chosen.map(({ index }) => index)).toContain(917)
  expect(chosen.map(({ index }) => index)).toEqual(
    chosen.map(({ index }) => index).toSorted((a, b) => a - b),
  )
  for (const tenth of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    expect(chosen.some(({ index }) => Math.floor(index / 100) === tenth)).toBe(true)
  }
  expect(likeliest(passages.slice(0, 9), "cat", 40)).toHaveLength(9)
  const japanese = [...passages, { text: "港の猫は寝ている", index: 1_000 }]
  expect(likeliest(japanese, "猫はどこ", 5).map(({ index }) => index)).toContain(1_000)
})
