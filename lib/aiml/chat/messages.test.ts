import { expect, test } from "@playwright/test"
import { readSchema } from "../schema/schema"
import { shapeChat } from "./body"

// A conversation with calls of tools, told as a document describes it.

const text = { type: "string" }
const role = (...roles: string[]) => ({ type: "string", enum: roles })
const object = (properties: object, required: string[] = []) => ({
  ...{ type: "object", properties, required },
})
const list = (items: object) => ({ type: "array", items })
const block = (type: string, members: object, required: string[]) =>
  object({ type: role(type), ...members }, ["type", ...required])

const called = object({
  ...{ id: text, type: role("function") },
  function: object({ name: text, arguments: text }),
})
const functions = list({
  anyOf: [
    object({ role: role("user"), content: text }, ["role", "content"]),
    object({ role: role("tool"), content: text, tool_call_id: text }, ["role", "tool_call_id"]),
    object({ role: role("assistant"), content: text, tool_calls: list(called) }, ["role"]),
  ],
})
// Nothing extra is forbidden here, so that members of the other dialect "fit".
const blocks = list(
  object(
    {
      role: role("user", "assistant"),
      content: {
        anyOf: [
          text,
          list({
            anyOf: [
              block("text", { text }, ["text"]),
              block("tool_use", { id: text, name: text, input: { type: "object" } }, ["id"]),
              block("tool_result", { tool_use_id: text, content: text }, ["tool_use_id"]),
            ],
          }),
        ],
      },
    },
    ["role", "content"],
  ),
)
const silent = list(object({ role: role("user", "assistant", "tool"), content: text }, ["role"]))

const functionTool = block("function", { function: object({ name: text }, ["name"]) }, ["function"])
const inputTool = object({ name: text, input_schema: { type: "object" } }, ["name", "input_schema"])

const call = (id: string) => ({ id, type: "function", function: { name: "now", arguments: "{}" } })
const result = (id: string) => ({ role: "tool", tool_call_id: id, content: `result of ${id}` })
const question = { role: "user", content: "What time is it?" }
const exchange = [
  { role: "assistant", content: "I look.", tool_calls: [call("a"), call("b")] },
  result("a"),
  result("b"),
]
const tools = [{ type: "function", function: { name: "now", parameters: { type: "object" } } }]

function told(
  messages: object,
  toolsOf: object | null,
  said: readonly object[] = exchange,
  more: object = {},
) {
  const schema = readSchema(object({ messages, ...(toolsOf && { tools: list(toolsOf) }), ...more }))
  const request = { messages: [question, ...said], ...(toolsOf && { tools }) }
  return shapeChat(request, schema, { thinking: { type: "enabled" } }).body
}

const asFunctions = [
  question,
  { role: "assistant", content: "I look.", tool_calls: [expect.anything(), expect.anything()] },
  { role: "tool", tool_call_id: "a", content: "result of a" },
  { role: "tool", tool_call_id: "b", content: "result of b" },
]
const use = (id: string) => ({ type: "tool_use", id, name: "now", input: {} })
const used = (id: string) => ({ type: "tool_result", tool_use_id: id, content: `result of ${id}` })
const asBlocks = [
  question,
  { role: "assistant", content: [{ type: "text", text: "I look." }, use("a"), use("b")] },
  { role: "user", content: [used("a"), used("b")] },
]
const inWords = [
  question,
  { role: "assistant", content: expect.stringContaining("[The tool now was called with {}]") },
  { role: "user", content: expect.stringContaining("[The tool answered: result of b]") },
]

test("a document of one dialect is spoken to in it, calls and results alike", () => {
  expect(told(functions, functionTool).messages).toEqual(asFunctions)
  expect(told(blocks, inputTool).messages).toEqual(asBlocks)
})

test("of two dialects the one is spoken in which the tools are offered", () => {
  const both = { anyOf: [blocks, functions] }
  const either = { anyOf: [inputTool, functionTool] }
  const common = told(both, either)
  expect([common.messages, common.tools]).toMatchObject([asFunctions, [{ type: "function" }]])
  const other = told(both, inputTool)
  expect([other.messages, other.tools]).toMatchObject([asBlocks, [{ name: "now" }]])
  expect(told(both, null).messages).toEqual(asBlocks)
})

test("members that are only not forbidden are not sent: then it is told in words", () => {
  expect(told(silent, functionTool).messages).toEqual(inWords)
  expect(told(blocks, functionTool).messages).toEqual(inWords)
})

test("a call without its result, or a result that fits nowhere, is told in words with the rest of it", () => {
  const half = told(functions, functionTool, exchange.slice(0, 2)).messages
  expect(half).toMatchObject([question, { role: "assistant" }, { role: "user" }])
  expect(JSON.stringify(half)).not.toContain("tool_call")
  const strict = JSON.parse(JSON.stringify(functions).replace('"id":{', '"id":{"pattern":"^a$",'))
  expect(told(strict, functionTool).messages).toEqual(inWords)
  const later = [...exchange, { role: "assistant", tool_calls: [call("a")] }, result("a")]
  expect(told(strict, functionTool, later).messages).toHaveLength(5)
})

test("a step after tools asks for no thinking, whose beginning cannot be sent back", () => {
  const thinking = { thinking: object({ type: text }) }
  expect(told(functions, functionTool, [], thinking)).toHaveProperty("thinking")
  expect(told(functions, functionTool, exchange, thinking)).not.toHaveProperty("thinking")
})
