import { stripTypeScriptTypes } from "node:module"
import { expect, test } from "@playwright/test"
import katex from "katex"
import { Catalogue } from "../catalogue"
import { chatRequestSchema } from "../chat-request"
import { readDocument, type Section } from "./document"
import { topics } from "./knowledge"
import { languages } from "./language"
import { mentionsIn } from "./mentions"
import { questionFrom } from "./question"
import { answerText } from "./text"

const phrases = languages.map((name) => readDocument("phrases", `${name}.md`))
const sections: Section[] = [...topics, ...phrases].flatMap((document) => document.sections)
const everything = [
  ...sections.map(({ body }) => body),
  ...topics.flatMap(({ facts }) => Object.values(facts)),
]

const withoutCode = (text: string) =>
  text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "")
const formula = /\$\$([\s\S]+?)\$\$|\$(?!\s)([^$\n]+?)\$/g

function answer(content: string): string {
  const model = new Catalogue().find("gpt-4o")
  if (!model) throw new Error("the catalogue lost its model")
  const messages = [{ role: "user", content }]
  return answerText(questionFrom(chatRequestSchema.parse({ model: model.id, messages }), model))
}

test("every formula is one that KaTeX can draw", () => {
  const texts = [...everything, answer("What is (2^10 - 1/3) * 4?"), answer("10^30 / 7")]
  const formulas = texts.flatMap((text) => [...withoutCode(text).matchAll(formula)])
  expect(formulas.length).toBeGreaterThan(150)
  for (const [whole, display, inline] of formulas) {
    const draw = () => katex.renderToString(display ?? inline ?? "", { throwOnError: true })
    expect(draw, whole).not.toThrow()
  }
})

test("every table is whole, and has the columns its topic names", () => {
  for (const { body, heading } of sections) {
    for (const [table] of withoutCode(body).matchAll(/(?:^\|.*\|\n?)+/gm)) {
      const widths = table
        .trim()
        .split("\n")
        .map((row) => row.split(/(?<!\\)\|/).length)
      expect(new Set(widths).size, heading).toBe(1)
    }
  }
  for (const { things, sections } of topics) {
    const [header = ""] = /^\|.*\|$/m.exec(sections[0].body) ?? []
    const columns = header
      .toLowerCase()
      .split("|")
      .map((cell) => cell.trim())
    expect(columns).toEqual(expect.arrayContaining(things.map(({ name }) => name.toLowerCase())))
  }
})

test("the tone is even: no exclamations, no emoji, headings that begin with a capital", () => {
  for (const text of everything) {
    expect(withoutCode(text).replace(formula, "")).not.toMatch(
      /[!\uff01]|\p{Extended_Pictographic}/u,
    )
  }
  for (const { heading } of topics.flatMap((topic) => topic.sections)) {
    expect(heading).toMatch(/^\p{Lu}/u)
  }
})

test("every topic is found by its name, and says something of its own", () => {
  for (const topic of topics) {
    const [mention] = mentionsIn(`Tell me about ${topic.name}`)
    expect(mention?.topic.id, topic.name).toBe(topic.id)
  }
  expect(new Set(sections.map(({ body }) => body)).size).toBe(sections.length)
})

test("whatever is suggested is answered", () => {
  for (const [index, { sections }] of phrases.entries()) {
    const unknown = sections.find(({ heading }) => heading === "Unknown")?.body ?? ""
    const [refusal = ""] = unknown.split(/[.\u3002\n]/)
    const suggestions = sections
      .filter(({ heading }) => /^(?:Greeting|Unknown|Suggestions)$/.test(heading))
      .flatMap(({ body }) => [...body.matchAll(/^- [*_](.+?)[*_](?![\p{L}\p{N}])/gmu)])
    expect(suggestions.length, languages[index]).toBeGreaterThan(6)
    for (const [, suggestion = ""] of suggestions) {
      const text = answer(suggestion)
      expect(text, suggestion).not.toContain(refusal)
      expect(text, suggestion).not.toContain("nothing prepared")
    }
  }
})

test("the TypeScript that is shown runs", async () => {
  const blocks = topics.flatMap(({ sections }) =>
    sections.flatMap(({ body }) => [...body.matchAll(/^```typescript\n([\s\S]*?)^```/gm)]),
  )
  expect(blocks.length).toBeGreaterThan(10)
  for (const [, code = ""] of blocks) {
    const script = `const console = { log() {} }\n${stripTypeScriptTypes(code)}`
    await import(`data:text/javascript,${encodeURIComponent(script)}`)
  }
})
