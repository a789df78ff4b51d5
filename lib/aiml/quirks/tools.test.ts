import { expect, test } from "@playwright/test"
import { jsonSchema, tool } from "ai"
import { asked, chatProperties, chunk, hear, replay, stream } from "../testing"

// Quirks of the vendor's API by number: the three tool formats.

const parameters = { type: "object" as const, properties: { city: { type: "string" as const } } }
const weather = tool({ description: "The weather of a city", inputSchema: jsonSchema(parameters) })
const name = { type: "string", pattern: "^[a-zA-Z0-9_-]{1,64}$" }

const asFunction = {
  type: "object",
  properties: {
    type: { type: "string", enum: ["function"] },
    function: {
      type: "object",
      properties: { name, parameters: { type: "object" } },
      required: ["name"],
    },
  },
  required: ["type", "function"],
}
const withInputSchema = {
  type: "object",
  properties: { name, input_schema: { type: "object" } },
  required: ["name", "input_schema"],
}
const choiceByType = {
  type: "object",
  properties: { type: { type: "string", enum: ["auto", "any", "tool", "none"] }, name },
  required: ["type"],
}
const choiceByWord = {
  anyOf: [
    { type: "string", enum: ["none", "auto", "required"] },
    {
      type: "object",
      properties: {
        type: { type: "string", enum: ["function"] },
        function: { type: "object", properties: { name }, required: ["name"] },
      },
      required: ["type", "function"],
    },
  ],
}
const list = (items: object) => ({ type: "array", items })

const called = (call: object) =>
  chunk({ delta: { tool_calls: [{ index: 0, ...call }] }, finish_reason: "tool_calls" })

async function sent(members: Record<string, object>, choice: "auto" | "required" | "weather") {
  const upstream = replay({
    path: "/v1/chat/completions",
    properties: { ...chatProperties, ...members },
    answers: [
      () => stream([called({ id: "call_1", function: { name: "weather", arguments: "{}" } })]),
    ],
  })
  const toolChoice =
    choice === "weather" ? { type: "tool" as const, toolName: choice } : { type: choice }
  const { leftOut } = await hear(upstream, { tools: { weather }, toolChoice })
  const { tools, tool_choice } = Object(asked(upstream.came)[0]?.body)
  return { tools, tool_choice, leftOut }
}

const functionTool = { type: "function", function: { name: "weather" } }
const inputTool = { name: "weather", input_schema: parameters }
const one = "weather"

test("26: tools are worded in the dialect that a model's record shows, the common one first", async () => {
  const common = { tools: list(asFunction), tool_choice: choiceByWord }
  expect(await sent(common, "required")).toMatchObject({
    ...{ tools: [functionTool], tool_choice: "required", leftOut: [] },
  })
  expect((await sent(common, one)).tool_choice).toEqual({
    ...{ type: "function", function: { name: "weather" } },
  })

  const other = { tools: list(withInputSchema), tool_choice: choiceByType }
  expect(await sent(other, "required")).toMatchObject({
    ...{ tools: [inputTool], tool_choice: { type: "any" }, leftOut: [] },
  })
  expect((await sent(other, one)).tool_choice).toEqual({ type: "tool", name: "weather" })

  const both = {
    tools: list({ anyOf: [withInputSchema, asFunction] }),
    tool_choice: { anyOf: [choiceByType, choiceByWord] },
  }
  expect(await sent(both, "auto")).toMatchObject({ tools: [functionTool], tool_choice: "auto" })
})

test("26: a record that describes the tools under the choice and the choice under the tools is put right", async () => {
  const swapped = { tools: list(choiceByType), tool_choice: withInputSchema }
  expect(await sent(swapped, "required")).toMatchObject({
    ...{ tools: [inputTool], tool_choice: { type: "any" }, leftOut: [] },
  })
})

test("26: calls come back whole from pieces, whichever dialect they were offered in", async () => {
  const call = (delta: object) => chunk({ delta: { tool_calls: [{ index: 0, ...delta }] } })
  const upstream = replay({
    path: "/v1/chat/completions",
    properties: { ...chatProperties, tools: list(withInputSchema) },
    answers: [
      () =>
        stream([
          call({ id: "call_1", type: "function", function: { name: "weather", arguments: "" } }),
          call({ function: { arguments: '{"ci' } }),
          call({ function: { arguments: 'ty":"Paris"}' } }),
          chunk({ delta: {}, finish_reason: "tool_calls" }),
        ]),
    ],
  })
  const { events } = await hear(upstream, { tools: { weather } })
  const input = { city: "Paris" }
  expect(events[0]).toEqual({ type: "tool-call", id: "call_1", name: "weather", input })
})
