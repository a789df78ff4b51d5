import { expect, test } from "@playwright/test"
import { createStreamExtras } from "./stream-extras"

const cite = (url: string, title?: string) => ({
  type: "url_citation",
  url_citation: { start_index: 0, end_index: 3, url, ...(title && { title }) },
})
const a = "https://example.com/a"
const b = "https://example.com/b"

function told(...chunks: unknown[]) {
  const extras = createStreamExtras()
  for (const chunk of chunks) extras.read(chunk)
  return extras.all().data
}

test("addresses that words lean on are sources, each once, whole or in pieces", () => {
  const pieces = told(
    { choices: [{ delta: { content: "So" } }] },
    { choices: [{ delta: { annotations: [cite(a, "A"), cite(b)] } }] },
    { choices: [{ delta: { annotations: [cite(a, "A again")] } }] },
  )
  const whole = told({ choices: [{ message: { annotations: [cite(a, "A"), cite(b), cite(a)] } }] })
  const data = { label: "Sources", value: [{ url: a, title: "A" }, { url: b }] }
  expect(pieces).toEqual([data])
  expect(whole).toEqual([data])
})

test("a list of its own tells more than the annotations; broken ones cost nothing else", () => {
  const results = [{ title: "A page", url: a, date: "2026-01-01" }]
  const annotations = [cite(b), null, "x", { url_citation: { url: "" } }, { url_citation: 5 }]
  expect(told({ choices: [{ delta: { annotations } }], search_results: results })).toEqual([
    { label: "Sources", value: results },
  ])
  expect(told({ choices: [{ delta: { annotations } }] })).toEqual([
    { label: "Sources", value: [{ url: b }] },
  ])
  expect(told({ choices: [{ delta: { annotations: "none", reasoning: "hm" } }] })).toEqual([])
})
