import { expect, test } from "@playwright/test"
import { nearest, passagesOf } from "./passages"

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
