import { check, fits, type Value } from "../schema/check"
import type { Schema } from "../schema/schema"
import { partCandidates } from "./parts"
import { textOf, type WireCall, type WireMessage, type WirePart } from "./wire"

/** A conversation in a model's own words, its instructions apart where they are no message. */
export type Encoded = {
  messages: Value[]
  system: string | null
  /** What the model cannot be told, in words for a person. */
  leftOut: string[]
}

/**
 * Puts a conversation into the words of a model's schema. For every message the ways to say it are tried
 * in order, the most common first; the first that the schema takes is said. What no way fits is left out.
 */
export function encodeConversation(
  messages: readonly WireMessage[],
  schema: Schema | undefined,
  takesSystem: boolean,
): Encoded {
  const dialects = schema ? itemSchemas(schema) : []
  const all = (dialects.length > 0 ? dialects : [anyMessage]).map((item) =>
    encodeIn(item, messages, takesSystem),
  )
  return all.reduce((best, next) => (next.leftOut.length < best.leftOut.length ? next : best))
}

const anyMessage: Schema = {
  types: [],
  properties: {},
  required: [],
  additional: true,
  isBinary: false,
}

/** The schemas of one message: a document may take two whole dialects, one list for each. */
export function itemSchemas(schema: Schema): Schema[] {
  return [...(schema.items ? [schema.items] : []), ...(schema.options ?? []).flatMap(itemSchemas)]
}

function encodeIn(item: Schema, messages: readonly WireMessage[], takesSystem: boolean): Encoded {
  const leftOut: string[] = []
  const instructions = messages.filter(({ role }) => role === "system")
  const said = instructions.map((message) => firstFitting(item, systemCandidates(message)))
  const areSaid = said.every((message) => message !== undefined)
  const text = instructions.map(({ content }) => textOf(content)).join("\n\n")
  const isFolded = !areSaid && !takesSystem
  const rest = messages.filter(({ role }) => role !== "system")
  const spoken = isFolded && text !== "" ? withInstructions(rest, text) : rest
  const encoded = grouped(spoken).flatMap((group) => encodeGroup(item, group, leftOut))
  return {
    messages: [...(areSaid ? said.filter((message) => message !== undefined) : []), ...encoded],
    system: areSaid || isFolded ? null : text,
    leftOut: [...new Set(leftOut)],
  }
}

function systemCandidates({ content }: WireMessage): Value[] {
  const text = textOf(content)
  const parts = [{ type: "text", text }]
  return [
    { role: "system", content: text },
    { role: "developer", content: text },
    { role: "system", content: parts },
    { role: "developer", content: parts },
  ]
}

/** For models without a place for instructions they open the first question. */
function withInstructions(messages: readonly WireMessage[], text: string): WireMessage[] {
  const first = messages.findIndex(({ role }) => role === "user")
  if (first < 0) return [{ role: "user", content: text }, ...messages]
  return messages.map((message, index) => {
    if (index !== first) return message
    const { content } = message
    return typeof content === "string"
      ? { ...message, content: `${text}\n\n${content}` }
      : { ...message, content: [{ type: "text", text }, ...(content ?? [])] }
  })
}

/** Results of tools that were called together stay together, as one dialect wants them in one message. */
function grouped(messages: readonly WireMessage[]): WireMessage[][] {
  return messages.reduce<WireMessage[][]>((groups, message) => {
    const last = groups.at(-1)
    if (message.role === "tool" && last?.[0]?.role === "tool") last.push(message)
    else groups.push([message])
    return groups
  }, [])
}

function encodeGroup(item: Schema, group: readonly WireMessage[], leftOut: string[]): Value[] {
  const [message] = group
  if (!message) return []
  if (message.role === "tool") return encodeResults(item, group)
  if (message.role === "assistant") return encodeAnswer(item, message)
  return encodeQuestion(item, message, leftOut)
}

function encodeQuestion(item: Schema, { content }: WireMessage, leftOut: string[]): Value[] {
  const parts = typeof content === "string" ? [{ type: "text", text: content }] : (content ?? [])
  const text = textOf(content)
  if (parts.every(({ type }) => type === "text")) return [inWords(item, text)]
  const encoded = parts.flatMap((part) => {
    const candidates = partCandidates(part)
    const found = candidates.find((value) => fits(item, { role: "user", content: [value] }))
    if (found === undefined) leftOut.push(refusedPart(part))
    return found === undefined ? [] : [found]
  })
  if (encoded.length === 0) return [{ role: "user", content: text }]
  return splitToFit(item, encoded)
}

function refusedPart({ type }: WirePart): string {
  const words: Record<string, string> = {
    text: "text",
    image_url: "pictures of this type",
    video_url: "videos",
    input_audio: "recordings",
    file: "documents",
  }
  return `This model takes no ${words[type] ?? "attachments of this kind"}.`
}

/** Some models take only so many parts in one message: the others go into messages of their own. */
function splitToFit(item: Schema, parts: Value[]): Value[] {
  const message = { role: "user", content: parts }
  if (parts.length < 2 || check(item, message).length === 0) return [message]
  const half = Math.ceil(parts.length / 2)
  return [...splitToFit(item, parts.slice(0, half)), ...splitToFit(item, parts.slice(half))]
}

function encodeAnswer(item: Schema, message: WireMessage): Value[] {
  const text = textOf(message.content)
  const calls = message.tool_calls ?? []
  if (calls.length === 0) {
    if (text === "") return []
    const said = firstFitting(item, [
      { role: "assistant", content: text },
      { role: "assistant", content: [{ type: "text", text }] },
    ])
    return [said ?? inWords(item, `[You answered: ${text}]`)]
  }
  const called = firstFitting(item, callCandidates(text, calls))
  if (called !== undefined) return [called]
  return encodeAnswer(item, {
    role: "assistant",
    content: [text, ...calls.map(callInWords)].join("\n\n").trim(),
  })
}

// The published schemas want a text beside the calls, so "" rather than null.
function callCandidates(text: string, calls: readonly WireCall[]): Value[] {
  const tool_calls = calls.map(({ id, function: { name, arguments: args } }) => ({
    id,
    type: "function",
    function: { name, arguments: args },
  }))
  const blocks = calls.map(({ id, function: called }) => ({
    type: "tool_use",
    id,
    name: called.name,
    input: parsedArguments(called.arguments),
  }))
  const spoken = text === "" ? [] : [{ type: "text", text }]
  return [
    { role: "assistant", content: text, tool_calls },
    { role: "assistant", content: [{ type: "text", text }], tool_calls },
    { role: "assistant", content: null, tool_calls },
    { role: "assistant", tool_calls },
    { role: "assistant", content: [...spoken, ...blocks] },
  ]
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

function callInWords({ function: { name, arguments: args } }: WireCall): string {
  return `[The tool ${name} was called with ${args}]`
}

function encodeResults(item: Schema, results: readonly WireMessage[]): Value[] {
  const separate = results.map((result) => firstFitting(item, resultCandidates(result)))
  if (separate.every((message) => message !== undefined)) return separate
  const blocks = results.map(({ tool_call_id = "", content }) => ({
    type: "tool_result",
    tool_use_id: tool_call_id,
    content: textOf(content),
  }))
  const together = { role: "user", content: blocks }
  if (fits(item, together)) return [together]
  const words = results.map(({ content }) => `[The tool answered: ${textOf(content)}]`)
  return [inWords(item, words.join("\n\n"))]
}

function resultCandidates({ tool_call_id = "", content }: WireMessage): Value[] {
  const text = textOf(content)
  return [
    { role: "tool", tool_call_id, content: text },
    { role: "tool", tool_call_id, content: [{ type: "text", text }] },
  ]
}

/** Said by the person, where a model knows no other role. */
function inWords(item: Schema, text: string): Value {
  return firstFitting(item, questionCandidates(text)) ?? { role: "user", content: text }
}

function questionCandidates(text: string): Value[] {
  return [
    { role: "user", content: text },
    { role: "user", content: [{ type: "text", text }] },
  ]
}

function firstFitting(schema: Schema, candidates: readonly Value[]): Value | undefined {
  return candidates.find((candidate) => fits(schema, candidate))
}
