import { expect } from "@playwright/test"
import { test } from "./testing"

// A conversation with calls of tools is judged beyond what a schema says of each message.

const both = "anthropic/claude-opus-5"
const inFunctions = "openai/gpt-4o"
const parameters = { type: "object", properties: { city: { type: "string" } } }
const functionTool = { type: "function", function: { name: "weather", parameters } }
const inputTool = { name: "weather", input_schema: parameters }

const question = { role: "user", content: "How is the weather?" }
const called = {
  role: "assistant",
  content: "",
  tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: "{}" } }],
}
const answered = { role: "tool", tool_call_id: "call_1", content: "Sun in Lisbon" }
const use = { type: "tool_use", id: "call_1", name: "weather", input: {} }
const used = { role: "assistant", content: [use] }
const result = { type: "tool_result", tool_use_id: "call_1", content: "Sun in Lisbon" }
const told = { role: "user", content: [result] }

test("calls and results in one dialect are answered from the results", async ({ client }) => {
  for (const [model, tool, messages] of [
    [inFunctions, functionTool, [called, answered]],
    [both, functionTool, [called, answered]],
    [both, inputTool, [used, told]],
  ] as const) {
    const response = await client.chat(model, "", {
      ...{ max_tokens: 1_000, tools: [tool], messages: [question, ...messages] },
    })
    expect(response.ok).toBe(true)
    expect(JSON.stringify(await response.json())).toContain("Sun in Lisbon")
  }
})

test("a call without its result, and a result of the other dialect, are refused", async ({
  client,
}) => {
  const refusal = async (model: string, tool: object, messages: object[]) => {
    const body = { max_tokens: 1_000, tools: [tool], messages: [question, ...messages] }
    const response = await client.chat(model, "", body)
    return response.ok ? null : (await response.json()).message
  }
  expect(await refusal(inFunctions, functionTool, [called])).toContain("must be followed by tool")
  expect(await refusal(inFunctions, functionTool, [answered])).toContain("must be a response to")
  expect(await refusal(both, functionTool, [called, told])).toContain("must be followed by tool")
  expect(await refusal(both, inputTool, [used, question])).toContain("`tool_result` blocks")
  expect(await refusal(both, inputTool, [called, answered])).toContain("in another dialect")
})

test("members that a model's document does not describe are not there for it", async ({
  client,
}) => {
  const response = await client.chat("nvidia/nemotron-3-ultra-550b-a55b", "", {
    ...{ tools: [functionTool], messages: [question, called, answered] },
  })
  expect((await response.json()).message).toContain("tool_calls is unknown to this model")
})
