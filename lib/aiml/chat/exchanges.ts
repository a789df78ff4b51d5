import { fits, type Value } from "../schema/check"
import type { Schema } from "../schema/schema"
import { textOf, type WireCall, type WireMessage } from "./wire"

/** How calls of tools and what came of them are told: in members of their own, or in blocks of the content. */
export type Wording = "functions" | "blocks"

const wordings: readonly Wording[] = ["functions", "blocks"]

/** Whether messages are calls of tools with what came of them. */
export function isExchange([first]: readonly WireMessage[]): boolean {
  return first?.role === "tool" || (first?.tool_calls ?? []).length > 0
}

const sample: readonly WireMessage[] = [
  {
    role: "assistant",
    content: "",
    tool_calls: [{ id: "call_1", function: { name: "tool", arguments: "{}" } }],
  },
  { role: "tool", tool_call_id: "call_1", content: "done" },
]

const known = new WeakMap<Schema, Wording[]>()

/** The wordings in which a schema of messages takes both a call and its result. */
export function wordingsOf(item: Schema): Wording[] {
  const found =
    known.get(item) ??
    wordings.filter((wording) => encodeExchange(item, wording, sample) !== undefined)
  known.set(item, found)
  return found
}

/**
 * Calls and their results in one wording. Undefined where the schema does not take all of them so, or a
 * call has no result: one without the other is refused everywhere.
 */
export function encodeExchange(
  item: Schema,
  wording: Wording,
  [message, ...results]: readonly WireMessage[],
): Value[] | undefined {
  const calls = message?.tool_calls ?? []
  const answered = new Set(results.map(({ tool_call_id }) => tool_call_id))
  if (calls.length === 0 || calls.some(({ id }) => !answered.has(id))) return undefined
  const text = textOf(message?.content)
  const candidates =
    wording === "functions"
      ? [functionCalls(text, calls), ...results.map(functionResult)]
      : [[callBlocks(text, calls)], [resultBlocks(results)]]
  const said = candidates.map((ways) => ways.find((value) => fits(item, value)))
  return said.every((value) => value !== undefined) ? said : undefined
}

// The published schemas want a text beside the calls, so "" rather than null.
function functionCalls(text: string, calls: readonly WireCall[]): Value[] {
  const tool_calls = calls.map(({ id, function: { name, arguments: args } }) => ({
    id,
    type: "function",
    function: { name, arguments: args },
  }))
  return [
    { role: "assistant", content: text, tool_calls },
    { role: "assistant", content: [{ type: "text", text }], tool_calls },
    ...(text === "" ? [{ role: "assistant", content: null, tool_calls }] : []),
    ...(text === "" ? [{ role: "assistant", tool_calls }] : []),
  ]
}

function functionResult({ tool_call_id = "", content }: WireMessage): Value[] {
  const text = textOf(content)
  return [
    { role: "tool", tool_call_id, content: text },
    { role: "tool", tool_call_id, content: [{ type: "text", text }] },
  ]
}

function callBlocks(text: string, calls: readonly WireCall[]): Value {
  const spoken = text === "" ? [] : [{ type: "text", text }]
  const blocks = calls.map(({ id, function: called }) => ({
    type: "tool_use",
    id,
    name: called.name,
    input: parsedArguments(called.arguments),
  }))
  return { role: "assistant", content: [...spoken, ...blocks] }
}

/** All that was called together, which this wording wants in one message. */
function resultBlocks(results: readonly WireMessage[]): Value {
  const content = results.map(({ tool_call_id = "", content }) => ({
    type: "tool_result",
    tool_use_id: tool_call_id,
    content: textOf(content),
  }))
  return { role: "user", content }
}

function parsedArguments(text: string): Value {
  try {
    const parsed: unknown = JSON.parse(text)
    // JSON.parse gives JSON.
    return typeof parsed === "object" && parsed !== null ? (parsed as Value) : {}
  } catch {
    return {}
  }
}

/** The same for a model that knows no such messages. */
export function inPlainWords(group: readonly WireMessage[]): { called: string; answered: string } {
  const said = group.filter(({ role }) => role !== "tool")
  const results = group.filter(({ role }) => role === "tool")
  const called = said.flatMap(({ content, tool_calls = [] }) => [
    textOf(content),
    ...tool_calls.map(
      ({ function: { name, arguments: args } }) => `[The tool ${name} was called with ${args}]`,
    ),
  ])
  const answered = results.map(({ content }) => `[The tool answered: ${textOf(content)}]`)
  return { called: called.join("\n\n").trim(), answered: answered.join("\n\n") }
}
