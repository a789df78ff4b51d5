import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import type { Card } from "@/lib/message/cards"
import type { Part } from "@/lib/message/message"

const call = (name: string, input: Extract<Part, { type: "tool-call" }>["input"]): Part => ({
  ...{ type: "tool-call", callId: "1", name, input },
})
const result = (
  output: Extract<Part, { type: "tool-result" }>["output"],
  error: string | null = null,
): Part => ({ type: "tool-result", callId: "1", output, error, durationMs: 1_234 })

test("a call is one line, in words that tell how it went", () => {
  const search = call("web_search", { query: "tall ships" })
  const sum = call("calculate", { expression: "12*7" })
  const [done, running, stopped, failed, worked, read, unknown] = render([
    [search, result({ answer: "A" })],
    [search],
    [search, { type: "text", text: "" }],
    [search, result(null, "The search found nothing.")],
    [sum, result({ expression: "12*7", result: 84 })],
    [call("read_page", { url: "https://www.example.com/a" }), result({ title: "A page" })],
    [call("constructor", null), result({})],
  ])
  expect(done).toContain("Searched the web for “tall ships” · 1.2 s")
  expect(done).toContain('aria-expanded="false"')
  expect(running).toContain("Searching the web for “tall ships”…")
  expect(stopped).toContain("Could not search the web for “tall ships”")
  expect(failed).toContain("Could not search the web")
  expect(failed).toContain("The search found nothing.")
  expect(worked).toContain("Calculated 12*7 = 84 · 1.2 s")
  expect(read).toContain("Read “A page” on example.com")
  expect(unknown).toContain("Used constructor")
})

test("sources are numbered links that tell nobody, and nothing of them is loaded", () => {
  const sources = Array.from({ length: 10 }, (_, index) => ({
    url: `https://www.example.com/${index}`,
    title: `Page ${index}`,
  }))
  const [many, seven, hostile] = render([
    [{ type: "sources", sources }],
    [{ type: "sources", sources: sources.slice(0, 7) }],
    [{ type: "sources", sources: [{ url: "javascript:alert(1)", title: "<img src=x>" }] }],
  ])
  expect(many?.match(/<a /g)).toHaveLength(6)
  expect(many).toContain("+ 4 more")
  expect(many).toContain(
    '<a href="https://www.example.com/0" title="www.example.com" target="_blank" rel="noopener noreferrer nofollow"',
  )
  expect(seven?.match(/<a /g)).toHaveLength(7)
  expect(hostile).not.toMatch(/<a |<img/)
  expect(hostile).toContain("&lt;img src=x&gt;")
  expect(many).not.toContain("<img")
})

const image = "https://i.example/1.png"
const cards: Card[] = [
  { kind: "pictures", items: [{ url: image, title: "One", pageUrl: "https://a.example/" }] },
  {
    kind: "films",
    items: [{ url: "https://v.example/1", title: "Film", thumbnailUrl: image }],
  },
  {
    ...{ kind: "weather", place: "Lisbon", temperature: "61", unit: "Fahrenheit", sky: "Cloudy" },
    facts: [{ label: "Wind", value: "9 mph" }],
    days: [{ day: "Monday", high: "65", low: "50", sky: "Showers" }],
  },
  { kind: "map", url: "https://m.example/", imageUrl: image, latitude: 38.7223, longitude: -9.1 },
  {
    ...{ kind: "knowledge", title: "Marie Curie", type: "Physicist", description: "Found radium." },
    facts: [{ label: "Born", value: "1867" }],
  },
  { kind: "questions", items: ["Why is it so?"] },
]

test("cards show what they are, and no picture before somebody asks for it", () => {
  const pages = render(cards.map((card) => [{ type: "card", card }]))
  const words = [
    ["One", "a.example", "Show picture"],
    ["Film", "v.example", "Show previews"],
    ["61 °F", "Cloudy", "Lisbon", "Monday", "65°", "Wind"],
    ["Open map", "m.example", "Show map here", "38.7223° N, 9.1000° W"],
    ["Marie Curie", "Physicist", "Found radium.", "Born", "1867"],
    ["Why is it so?"],
  ]
  pages.forEach((page, index) => {
    for (const word of words[index] ?? []) expect(page).toContain(word)
    expect(page).not.toMatch(/<img|i\.example|url\(/)
  })
})

const file = (name: string) => JSON.stringify(join(import.meta.dirname, name))

/**
 * The first part of each message, as the server would render it; see markdown-view.test.ts. Not by the
 * registry, which brings style sheets.
 */
function render(messages: Part[][]): string[] {
  const script = `
    import { createElement } from "react"
    import { renderToStaticMarkup } from "react-dom/server"
    import { CardPart } from ${file("card.tsx")}
    import { SourcesPart } from ${file("sources.tsx")}
    import { ToolCallPart } from ${file("tool-call.tsx")}
    import { readFileSync } from "node:fs"
    const views = { card: CardPart, sources: SourcesPart, "tool-call": ToolCallPart }
    const pages = JSON.parse(readFileSync(0, "utf8")).map((siblings) => {
      const [part] = siblings
      const isOpen = siblings.length === 1
      return renderToStaticMarkup(createElement(views[part.type], { part, siblings, isOpen }))
    })
    process.stdout.write(JSON.stringify(pages))
  `
  const output = execFileSync(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    {
      env: { ...process.env, NODE_OPTIONS: "" },
      input: JSON.stringify(messages),
      encoding: "utf8",
    },
  )
  const pages: unknown = JSON.parse(output)
  if (!Array.isArray(pages)) throw new Error("The renderer answered with no pages.")
  return pages.map(String)
}
