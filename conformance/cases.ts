import { jsonSchema, type ModelMessage, tool } from "ai"
import type { Aiml } from "../lib/aiml/client"
import type { Output as MediaOutput } from "../lib/aiml/protocol"
import { collect, inputOf, spoken } from "../lib/aiml/testing"
import type { TextRequest } from "../lib/aiml/text/answer"
import type { Json, Params } from "../lib/base/json"
import type { FileSlot, ModelForm } from "../lib/models/fields"
import type { Model } from "../lib/models/model"
import { tokens, usd } from "./answers"
import type { Operation } from "./operations"
import type { Exchange } from "./server"
import { asSchema, nonDefault } from "./values"

/** One variant of a request: the inputs for the client, and what the server must receive. */
export type Case = {
  name: "smallest" | "every setting" | "every input" | "conversation"
  inputs: { text: string; slots: FileSlot[] }
  params: Params
  isConversation: boolean
}

const text = "A conformance request."

/** All cases of an operation. */
export function casesOf(operation: Operation, form: ModelForm & { isText: boolean }): Case[] {
  const required = neededSlots(form)
  const inputs = { text: form.text ? text : "", slots: required }
  const params = neededTexts(operation, form)
  const base = { inputs, params, isConversation: false }
  const shapes = [0, 1].map((variant) => ({
    ...base,
    name: "every setting" as const,
    params: { ...params, ...everyParam(operation, form, variant) },
  }))
  return [
    { ...base, name: "smallest" },
    ...shapes,
    { ...base, name: "every input", inputs: { ...inputs, slots: form.files } },
    ...(form.isText ? [{ ...base, name: "conversation" as const, isConversation: true }] : []),
  ]
}

// If nothing is required and there is no prompt, a person provides a file for the only slot.
function neededSlots({ files, text }: ModelForm): FileSlot[] {
  const required = files.filter((slot) => slot.isRequired)
  if (required.length > 0 || text) return required
  return files.filter((slot) => slot.isMain).slice(0, 1)
}

/** Required texts that only a person can provide, such as lyrics. */
function neededTexts(operation: Operation, form: ModelForm): Params {
  const properties = asSchema(operation.request?.properties)
  const needed = form.fields.filter(
    (field) => field.isRequired && field.type === "text" && field.default === undefined,
  )
  const entries = needed.map(({ name }) => [name, nonDefault(properties[name], 0) as Json] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function everyParam(operation: Operation, form: ModelForm, variant: number): Params {
  const properties = asSchema(operation.request?.properties)
  const entries = form.fields.flatMap(({ name }) => {
    if (name === "$sound") return [[name, true as Json] as const]
    const value = nonDefault(properties[name], variant, name)
    // Generated from JSON schemas, so it is JSON.
    return value === undefined ? [] : [[name, value as Json] as const]
  })
  return Object.fromEntries(entries)
}

/** Members of the schema that the form does not expose; there must be none. */
export function unreachable(operation: Operation, form: ModelForm & { isText: boolean }): string[] {
  const ours = /^(model|messages|input|stream|stream_options|tools|tool_choice|system|prompt|n)$/
  const speaks = form.fields.some(({ name }) => name === "$sound")
  const reached = new Set([
    ...form.fields.map(({ name }) => name),
    ...(speaks ? ["modalities"] : []),
    ...form.files.map(({ name }) => name.split(".")[0]),
  ])
  const names = Object.keys(asSchema(operation.request?.properties))
  const others = names.filter((name) => !reached.has(name))
  if (form.isText) return others.filter((name) => !ours.test(name))
  const isText = (name: string) =>
    form.text !== null && /prompt|text|script|input|lyrics/.test(name)
  const left = others.filter((name) => !/^(model|stream|messages)$/.test(name) && !isText(name))
  // If a file is sent as bytes, its URL is not a separate member.
  return left.filter((name) => !(name === "url" && form.files.length > 0))
}

/** The attachment kinds in a chat model's document, determined independently of the app. */
export function spokenKinds({ request, kind }: Operation): string[] {
  const properties = asSchema(request?.properties)
  const said = JSON.stringify(properties.messages ?? properties.input ?? {})
  const isItems = kind === "responses"
  const isChat = kind === "chat" || kind === "moderation"
  const has = (...types: string[]) => types.some((type) => said.includes(`"enum":["${type}"]`))
  return [
    ...(has("input_image", ...(isItems ? [] : ["image_url", "image"])) ? ["image"] : []),
    ...(has("input_file", ...(isItems ? [] : ["file", "document"])) ? ["document"] : []),
    ...(isChat && has("input_audio") ? ["audio"] : []),
    ...(isChat && has("video_url") ? ["video"] : []),
  ]
}

export type Understood = {
  text: string
  outputs: MediaOutput[]
  input: number | null
  usd: number | null
}

const samples: Record<FileSlot["kind"], { mediaType: string; name: string }> = {
  image: { mediaType: "image/png", name: "picture.png" },
  video: { mediaType: "video/mp4", name: "film.mp4" },
  audio: { mediaType: "audio/wav", name: "sound.wav" },
  document: { mediaType: "application/pdf", name: "document.pdf" },
  mesh: { mediaType: "model/gltf-binary", name: "shape.glb" },
}

/** Recognizable bytes for each slot. */
const markOf = (slot: FileSlot) => Buffer.from(`file for ${slot.name}`)

const context = () => ({ requestId: "conformance-1", abortSignal: AbortSignal.timeout(20_000) })

export async function run(
  aiml: Aiml,
  model: Model,
  asked: Case,
  isText: boolean,
): Promise<Understood> {
  return isText ? await runText(aiml, model, asked) : await runMedia(aiml, model, asked)
}

async function runMedia(aiml: Aiml, model: Model, asked: Case): Promise<Understood> {
  const files = asked.inputs.slots.flatMap((slot) => {
    const { mediaType, name } = samples[slot.kind]
    const bytes = markOf(slot)
    const given = { ...inputOf(slot.kind, name, mediaType, bytes), slot: slot.name }
    return Array.from({ length: slot.minFiles }, () => given)
  })
  const inputs = { text: asked.inputs.text, files }
  const started = await aiml.start(model, { inputs, params: asked.params, ...context() })
  const ended =
    started.state === "running"
      ? await aiml.check({ protocol: started.protocol, reference: started.reference }, context())
      : started
  if (ended.state === "running") throw new Error("the task was not seen to be done")
  const words = ended.outputs.flatMap((output) => (output.type === "text" ? [output.text] : []))
  return {
    text: words.join("\n"),
    outputs: ended.outputs,
    input: ended.facts.usage?.inputTokens ?? null,
    usd: ended.facts.costUsd,
  }
}

async function runText(aiml: Aiml, model: Model, asked: Case): Promise<Understood> {
  const request: TextRequest = {
    ...context(),
    messages: asked.isConversation ? conversationOf(asked) : [question(asked)],
    maxOutputTokens: 4_000,
    timeouts: { firstMs: 10_000, idleMs: 10_000, totalMs: 20_000 },
    ...(asked.isConversation && { instructions: "Conformance instructions.", tools }),
  }
  const events = await collect(aiml, model, { ...request, params: asked.params })
  const end = events.find((event) => event.type === "end")
  return {
    text: spoken(events),
    outputs: [],
    input: end?.usage?.inputTokens ?? null,
    usd: end?.costUsd ?? null,
  }
}

function question({ inputs }: Case): ModelMessage {
  const files = inputs.slots.map((slot) => {
    const { mediaType, name } = samples[slot.kind]
    return { type: "file" as const, mediaType, filename: name, data: new Uint8Array(markOf(slot)) }
  })
  const words = inputs.text === "" ? [] : [{ type: "text" as const, text: inputs.text }]
  return { role: "user", content: [...words, ...files] }
}

const tools = {
  weather_now: tool({
    description: "Tells the weather of a place.",
    inputSchema: jsonSchema({
      type: "object",
      properties: { place: { type: "string" } },
      required: ["place"],
    }),
  }),
}

function conversationOf(asked: Case): ModelMessage[] {
  return asked.inputs.text === "" ? [question(asked)] : conversation
}

const conversation: ModelMessage[] = [
  { role: "user", content: "The first conformance question." },
  { role: "assistant", content: "The first conformance answer." },
  { role: "user", content: "What is the weather?" },
  {
    role: "assistant",
    content: [
      { type: "text", text: "I look it up." },
      {
        type: "tool-call",
        toolCallId: "call_1",
        toolName: "weather_now",
        input: { place: "Here" },
      },
    ],
  },
  {
    role: "tool",
    content: [
      {
        type: "tool-result",
        toolCallId: "call_1",
        toolName: "weather_now",
        output: { type: "text", value: "Conformance sun." },
      },
    ],
  },
]

/** Values that did not reach the server or did not come back. */
export function lost(exchange: Exchange, asked: Case, understood: Understood): string[] {
  return [...lostOnTheWay(exchange, asked), ...lostOnReturn(exchange, understood)]
}

function lostOnTheWay({ bodies, operation }: Exchange, asked: Case): string[] {
  const [body] = bodies
  const members = asSchema(body)
  const wire = JSON.stringify(body, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  )
  const settings = Object.entries(asked.params).filter(([name, value]) => {
    if (name === "$sound") return JSON.stringify(members.modalities) !== '["text","audio"]'
    return JSON.stringify(members[name]) !== JSON.stringify(value)
  })
  const unsent = asked.inputs.slots.filter((slot) => {
    const bytes = markOf(slot)
    // Buffers serialized to JSON are lists of numbers.
    return !wire.includes(bytes.toString("base64")) && !wire.includes(JSON.stringify([...bytes]))
  })
  const said =
    asked.isConversation && asked.inputs.text !== ""
      ? [
          "Conformance instructions.",
          "The first conformance question.",
          "The first conformance answer.",
          "Conformance sun.",
          ...(takesFunctions(operation) ? ['"weather_now"'] : []),
        ]
      : asked.inputs.text === ""
        ? []
        : [asked.inputs.text]
  return [
    ...settings.map(([name]) => `the setting ${name} did not arrive as it was chosen`),
    ...unsent.map(({ name }) => `the file for ${name} did not arrive`),
    ...said.filter((words) => !wire.includes(words)).map((words) => `${words} did not arrive`),
  ]
}

// A document may only describe the service's built-in tools.
function takesFunctions({ request }: Operation): boolean {
  const { tools, tool_choice } = asSchema(request?.properties)
  const said = JSON.stringify(tools ?? null)
  return (
    /"function"|"input_schema"/.test(said) ||
    JSON.stringify(tool_choice ?? 0).includes("input_schema")
  )
}

function lostOnReturn({ marks, operation }: Exchange, understood: Understood): string[] {
  const urls = understood.outputs.flatMap((output) =>
    output.type === "media" && "url" in output.source ? [output.source.url] : [],
  )
  const bytes = understood.outputs.flatMap((output) =>
    output.type === "media" && "bytes" in output.source
      ? [Buffer.from(output.source.bytes).toString("base64")]
      : [],
  )
  const vectors = understood.outputs.map((output) =>
    JSON.stringify(output.type === "data" && output.value),
  )
  const isWords = ["chat", "moderation", "responses", "messages"].includes(operation.kind)
  const isMade = !isWords && !/transcription|ocr|embedding/.test(operation.kind)
  const texts = isWords ? marks.texts.slice(-1) : marks.texts.slice(0, 1)
  const isNothing = understood.text === "" && understood.outputs.length === 0
  return [
    ...texts
      .filter((said) => !understood.text.includes(said))
      .map((said) => `“${said}” was not read`),
    ...(isMade ? marks.urls : [])
      .filter((url) => !urls.includes(url))
      .map((url) => `${url} was not found`),
    ...(isWords ? [] : marks.bytes)
      .filter((mark) => !bytes.includes(mark))
      .map(() => "bytes were not found"),
    ...marks.vectors
      .filter((vector) => !vectors.includes(JSON.stringify(vector)))
      .map(() => "a vector was not read"),
    ...(isWords && understood.input !== tokens.input ? ["the usage was not read"] : []),
    ...(isWords && understood.usd !== usd ? ["the cost was not read"] : []),
    ...(isNothing ? ["nothing came back"] : []),
  ]
}
