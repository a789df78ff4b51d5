import { expect, test } from "@playwright/test"
import { Catalogue } from "../catalogue"
import { chatRequestSchema } from "../chat-request"
import { questionFrom } from "./question"
import { answerText } from "./text"
import { wantedToolCall } from "./tool-call"

const parameters = (required: string[], optional: string[] = []) => ({
  type: "object",
  properties: Object.fromEntries(
    [...required, ...optional].map((name) => [name, { type: "string" }]),
  ),
  required,
})
const tools = Object.entries({
  web_search: parameters(["query"]),
  read_page: parameters(["url"]),
  calculate: parameters(["expression"]),
  current_time: parameters([], ["timezone"]),
}).map(([name, schema]) => ({ type: "function", function: { name, parameters: schema } }))

const model = new Catalogue().find("gpt-4o")

function requestOf(...messages: object[]) {
  if (!model) throw new Error("the catalogue lost its model")
  const request = chatRequestSchema.parse({ model: model.id, tools, messages })
  return { request, question: questionFrom(request, model) }
}

function called(prompt: string) {
  const { request, question } = requestOf({ role: "user", content: prompt })
  const call = wantedToolCall(request, question)?.function
  return call && [call.name, JSON.parse(call.arguments)]
}

test("a tool is called when it is meant, with what the prompt gives", () => {
  expect(called("What time is it?")).toEqual(["current_time", { timezone: "UTC" }])
  expect(called("What is the current time in New York?")).toEqual([
    "current_time",
    { timezone: "America/New_York" },
  ])
  expect(called("calculate 12*7")).toEqual(["calculate", { expression: "12*7" }])
  expect(called("Please calculate (1,250.5 + 3) / 2 ^ 3.")).toEqual([
    "calculate",
    { expression: "(1250.5 + 3) / 2 ^ 3" },
  ])
  expect(called("search the web for tall ships")).toEqual(["web_search", { query: "tall ships" }])
  expect(called("Search the web: who built the Eiffel Tower?")).toEqual([
    "web_search",
    { query: "who built the Eiffel Tower" },
  ])
  expect(called("read page https://example.com/a?b=c.")).toEqual([
    "read_page",
    { url: "https://example.com/a?b=c" },
  ])
  expect(called("Use web_search, please")).toMatchObject(["web_search", {}])
})

test("words that only sound like a tool call none", () => {
  for (const prompt of [
    "Explain binary search in a web app",
    "What is the time complexity of quicksort?",
    "How do I calculate compound interest?",
    "How does page rank work?",
    "What is 17 * 23?",
    "hello",
  ]) {
    expect(called(prompt), prompt).toBeUndefined()
  }
})

function answerAfter(result: unknown): string {
  const content = typeof result === "string" ? result : JSON.stringify(result)
  const { question } = requestOf(
    { role: "user", content: "Go on" },
    { role: "assistant", content: "" },
    { role: "tool", content },
  )
  return answerText(question)
}

test("the answer uses what a tool gave back, and says where it is from", () => {
  const sources = [{ n: 1, title: "A", url: "https://example.com/a" }]
  expect(answerAfter({ answer: "_You read a simulator._\n\nIt is tall.", sources })).toMatch(
    /\n\nIt is tall\.\n\nThis is what these pages say\. \[1\]$/,
  )
  expect(answerAfter({ answer: "It is tall [1].", sources })).toMatch(/\n\nIt is tall \[1\]\.$/)
  expect(answerAfter({ expression: "12*7", result: 84 })).toContain("`12*7` is **84**.")
  expect(answerAfter({ iso: "2026-01-01T00:00:00+00:00", words: "Thursday" })).toContain(
    "It is **Thursday**.",
  )
  const page = { title: "A page", url: "https://example.com/a", text: "Some words. ".repeat(100) }
  expect(answerAfter(page)).toMatch(
    /\*\*A page\*\* begins like this:\n\n> Some words\..*200 words.*\[1\]/s,
  )
  expect(answerAfter({ temperature: 21 })).toContain('```json\n{"temperature":21}')
  expect(answerAfter("It failed.")).toContain("```text\nIt failed.")
})
