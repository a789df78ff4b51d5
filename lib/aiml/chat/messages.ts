import { check, fits, type Value } from "../schema/check"
import { sealed } from "../schema/declares"
import type { Schema } from "../schema/schema"
import { encodeExchange, inPlainWords, isExchange, type Wording, wordingsOf } from "./exchanges"
import { partCandidates } from "./parts"
import { textOf, type WireMessage, type WirePart } from "./wire"

/** A conversation in a model's own words, its instructions apart where they are no message. */
export type Encoded = {
  messages: Value[]
  system: string | null
  /** How calls of tools are told in it; null where only plain words are left. */
  wording: Wording | null
  /** What the model cannot be told, in words for a person. */
  leftOut: string[]
}

/**
 * Puts a conversation into the words of a model's schema. For every message the ways to say it are tried
 * in order, the most common first; the first that the schema describes is said. What no way fits is left
 * out. `offered` are the wordings in which the model takes tools, the preferred one first: calls and
 * results are told in one of them.
 */
export function encodeConversation(
  messages: readonly WireMessage[],
  schema: Schema | undefined,
  takesSystem: boolean,
  offered: readonly Wording[] = [],
): Encoded {
  const dialects = schema ? itemSchemas(schema) : []
  const all = (dialects.length > 0 ? dialects : [anyMessage]).map((item) => {
    const wording = wordingsOf(item).find(
      (known) => offered.length === 0 || offered.includes(known),
    )
    return encodeIn(item, wording ?? null, messages, takesSystem)
  })
  const rank = ({ wording }: Encoded) =>
    wording === null ? offered.length : offered.indexOf(wording)
  return all.reduce((best, next) => {
    const more = next.leftOut.length - best.leftOut.length
    return more < 0 || (more === 0 && rank(next) < rank(best)) ? next : best
  })
}

const anyMessage: Schema = {
  types: [],
  properties: {},
  required: [],
  additional: true,
  isBinary: false,
}

/**
 * The schemas of one message, which take what they describe and nothing else. A document may take two
 * whole dialects, one list for each.
 */
export function itemSchemas(schema: Schema): Schema[] {
  const own = schema.items ? [sealed(schema.items)] : []
  return [...own, ...(schema.options ?? []).flatMap(itemSchemas)]
}

function encodeIn(
  item: Schema,
  wording: Wording | null,
  messages: readonly WireMessage[],
  takesSystem: boolean,
): Encoded {
  const leftOut: string[] = []
  const instructions = messages.filter(({ role }) => role === "system")
  const said = instructions.map((message) => firstFitting(item, systemCandidates(message)))
  const areSaid = said.every((message) => message !== undefined)
  const text = instructions.map(({ content }) => textOf(content)).join("\n\n")
  const isFolded = !areSaid && !takesSystem
  const rest = messages.filter(({ role }) => role !== "system")
  const spoken = isFolded && text !== "" ? withInstructions(rest, text) : rest
  const encoded = grouped(spoken).flatMap((group) => encodeGroup(item, wording, group, leftOut))
  return {
    messages: [...(areSaid ? said.filter((message) => message !== undefined) : []), ...encoded],
    system: areSaid || isFolded ? null : text,
    wording,
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

/** Results of tools stay with the message that called them. */
function grouped(messages: readonly WireMessage[]): WireMessage[][] {
  return messages.reduce<WireMessage[][]>((groups, message) => {
    const last = groups.at(-1)
    if (message.role === "tool" && last && isExchange(last)) last.push(message)
    else groups.push([message])
    return groups
  }, [])
}

function encodeGroup(
  item: Schema,
  wording: Wording | null,
  group: readonly WireMessage[],
  leftOut: string[],
): Value[] {
  const [message] = group
  if (!message) return []
  if (isExchange(group)) {
    const told = wording && encodeExchange(item, wording, group)
    return told ?? encodeInWords(item, inPlainWords(group))
  }
  if (message.role === "assistant") return encodeAnswer(item, message)
  return encodeQuestion(item, message, leftOut)
}

function encodeInWords(
  item: Schema,
  { called, answered }: ReturnType<typeof inPlainWords>,
): Value[] {
  const call = encodeAnswer(item, { role: "assistant", content: called })
  return answered === "" ? call : [...call, inWords(item, answered)]
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

function encodeAnswer(item: Schema, { content }: WireMessage): Value[] {
  const text = textOf(content)
  if (text === "") return []
  const said = firstFitting(item, [
    { role: "assistant", content: text },
    { role: "assistant", content: [{ type: "text", text }] },
  ])
  return [said ?? inWords(item, `[You answered: ${text}]`)]
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
