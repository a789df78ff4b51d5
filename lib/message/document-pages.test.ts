import { expect, test } from "@playwright/test"
import { joinPages, pagesIn } from "./document-pages"
import type { Part } from "./message"

const pages = [
  { number: 3, markdown: "# One\n\n---\n\nstill one" },
  { number: 4, markdown: "" },
  { number: 5, markdown: "| a | b |\n|---|---|\n| 1 | 2 |" },
]

function partsOf(text: string): { text: Part; data: Part } {
  return {
    text: { type: "text", text },
    data: { type: "data", label: "Pages", value: joinPages(pages).value },
  }
}

test("pages are found again in the text, whatever lines stand in them", () => {
  const { text, data } = partsOf(joinPages(pages).text)
  expect(pagesIn(data, [text, data])).toEqual(pages)
  expect(pagesIn(text, [text, data])).toBeNull()
})

test("a text that was cut or changed has no pages", () => {
  const whole = joinPages(pages).text
  for (const other of [whole.slice(0, -1), `x${whole}`, ""]) {
    const { text, data } = partsOf(other)
    expect(pagesIn(data, [text, data])).toBeNull()
  }
  expect(pagesIn(partsOf("").data, [])).toBeNull()
})
