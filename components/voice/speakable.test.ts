import { expect, test } from "@playwright/test"
import { sentencesOf } from "./speakable"

test("a text is read sentence by sentence, without its marks", () => {
  const text =
    "# A *small* plan\n\nFirst, **wash** the `red` pot. Then [read this](https://example.com/a?b=c)!\n\n- One\n- Two items"
  expect(sentencesOf(text)).toEqual([
    "A small plan",
    "First, wash the red pot.",
    "Then read this!",
    "One",
    "Two items",
  ])
})

test("code, formulas, tags and numbers of sources are left out; addresses are said by their site", () => {
  expect(sentencesOf("Run this:\n\n```sh\nrm -rf /\n```\n\nThen go on.")).toEqual([
    "Run this:",
    "Then go on.",
  ])
  expect(sentencesOf("Water boils at 100 °C [1][12]. So it is [3].")).toEqual([
    "Water boils at 100 °C.",
    "So it is.",
  ])
  expect(sentencesOf("See https://www.example.com/a/long?path=1 for more.")).toEqual([
    "See example.com for more.",
  ])
  expect(sentencesOf("Let $x$ be $\\frac{1}{2}$ of it. <b>Bold</b> &amp; calm 🎉.")).toEqual([
    "Let x be of it.",
    "Bold & calm.",
  ])
  expect(sentencesOf("$$\n\\sum_i i\n$$")).toEqual([])
  expect(sentencesOf("```\nonly code\n```\n\n---")).toEqual([])
})

test("a table is read row by row", () => {
  expect(sentencesOf("| Fruit | Price |\n|---|---|\n| Pear | 2 |\n| Fig | 3 |")).toEqual([
    "Fruit, Price",
    "Pear, 2",
    "Fig, 3",
  ])
})

test("what is too long for a breath is cut where one would breathe", () => {
  const clause = "and it goes on and on without an end in sight, "
  const pieces = sentencesOf(`It begins, ${clause.repeat(20)}until it ends.`)
  expect(pieces.length).toBeGreaterThan(2)
  for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(300)
  for (const piece of pieces.slice(0, -1)) expect(piece).toMatch(/,$/)
  expect(pieces.join(" ")).toBe(`It begins, ${clause.repeat(20)}until it ends.`)
  const unbroken = sentencesOf("😶x".repeat(200).replaceAll("😶", "𝒳"))
  expect(unbroken.every((piece) => piece.isWellFormed())).toBe(true)
})

test("other scripts have sentences too", () => {
  expect(sentencesOf("今日は晴れです。明日は雨でしょう。")).toEqual([
    "今日は晴れです。",
    "明日は雨でしょう。",
  ])
})
