import type { FileKind } from "../../base/file-kinds"
import type { Params } from "../../base/json"
import type { Field, ModelForm } from "../../models/fields"
import type { Model } from "../../models/model"
import { itemSchemas } from "../chat/messages"
import { partCandidates } from "../chat/parts"
import { canSpeak, soundField } from "../chat/sound"
import { encodeTools } from "../chat/tools"
import type { WirePart } from "../chat/wire"
import { ours, readForm } from "../media/media-request"
import { isText } from "../protocols"
import { check, fits } from "../schema/check"
import { ordered } from "../schema/form"
import { labelOf } from "../schema/label"
import type { Operation } from "../schema/operation"
import type { Schema } from "../schema/schema"
import type { HowToAsk } from "./model-docs"

/** What a model takes, read from its own document, as a page draws it. */
export function formOf(access: HowToAsk, model: Model): ReturnType<typeof drawForm> {
  const form = drawn.get(access) ?? drawForm(access, model)
  drawn.set(access, form)
  return form
}

// Every turn asks for it, and large schemas take milliseconds.
const drawn = new WeakMap<HowToAsk, ReturnType<typeof drawForm>>()

function drawForm({ protocol, operation, gaps }: HowToAsk, model: Model) {
  const schema = operation.request
  const base = schema ? readForm(schema, protocol.reading) : emptyForm
  const textProtocol = isText(protocol) ? protocol : null
  const speaks = textProtocol !== null && canSpeak(schema, model)
  const spoken = new Set([...(protocol.spoken ?? []), ...(speaks ? ["modalities"] : [])])
  const { fields, shown } = ordered(base.fields.filter(({ name }) => !spoken.has(name)))
  const usesTools = textProtocol !== null && model.abilities.includes("tools") && takesTools(schema)
  const switches = [...(usesTools ? [toolsField] : []), ...(speaks ? [soundField] : [])]
  return {
    ...base,
    fields: [...switches, ...fields],
    shown: shown + switches.length,
    ...(textProtocol && { text: schema && !takesText(schema) ? null : anyText }),
    ...(textProtocol && { files: schema ? attachments(schema, textProtocol.attaches) : [] }),
    gaps,
    isText: textProtocol !== null,
    thinks: thinks(operation),
    usesTools,
  }
}

/** Not part of the model's schema: whether it is offered our tools. */
const toolsField: Field = {
  name: "$tools",
  label: "Web search and other tools",
  isRequired: false,
  type: "boolean",
  default: true,
}

function takesTools(schema: Schema | null): boolean {
  if (!schema) return false
  const named = { name: "tool", description: "tool", parameters: { type: "object" } }
  const tools = [{ type: "function" as const, function: named }]
  return encodeTools({ messages: [], tools }, schema.properties).leftOut.length === 0
}

const anyText = { label: "Message", isRequired: false, maxChars: null }

/** The schemas of one content part of a message. */
function itemsOf({ properties }: Schema): Schema[] {
  const messages = properties.messages ?? properties.input
  return messages ? [...itemSchemas(messages), messages] : []
}

// A few models only take audio and no text with it.
function takesText(schema: Schema): boolean {
  const items = itemsOf(schema)
  const shapes = ["text", [{ type: "text", text: "text" }], [{ type: "input_text", text: "text" }]]
  const canSay = shapes.some((content) =>
    items.some((item) => fits(item, { role: "user", content })),
  )
  return items.length === 0 || canSay || fits(schema.properties.prompt, "text")
}

const emptyForm: ModelForm = { text: null, files: [], fields: [], shown: 0, gaps: [] }

/** Whether a model has a reasoning setting; such models take longer to the first token. */
export function thinks({ request }: Operation): boolean {
  const names = ["reasoning_effort", "reasoning", "thinking", "enable_thinking"]
  return names.some((name) => request?.properties[name])
}

const samples: readonly (readonly [ModelForm["files"][number]["kind"], string, WirePart])[] = [
  ["image", "Pictures", { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }],
  [
    "document",
    "Documents",
    { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,AAAA" } },
  ],
  ["audio", "Recordings", { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } }],
  ["video", "Videos", { type: "video_url", video_url: { url: "data:video/mp4;base64,AAAA" } }],
]

/** The file kinds that can be attached to a message, according to the content parts in its schema. */
function attachments(schema: Schema, kinds: readonly FileKind[]): ModelForm["files"] {
  const items = itemsOf(schema)
  return samples.flatMap(([kind, label, part]) => {
    const canSay = items.some((item) =>
      partCandidates(part).some((value) => fits(item, { role: "user", content: [value] })),
    )
    if (!canSay || !kinds.includes(kind)) return []
    const sizes = { minFiles: 1, maxFiles: 10 }
    const isRequired = !takesText(schema)
    return [{ name: kind, label, kind, alsoTakes: [], isRequired, ...sizes, isMain: true }]
  })
}

/** What is wrong with settings for a model, in words; empty when all is well. */
export function checkParams({ protocol, operation }: HowToAsk, params: Params): string[] {
  const { request } = operation
  if (!request) return []
  return Object.entries(params).flatMap(([name, value]) => {
    if (name.startsWith("$")) return []
    const isOurs = ours.has(name) || protocol.spoken?.includes(name)
    const schema = isOurs ? undefined : request.properties[name]
    if (!schema) return [`“${labelOf(name)}” is no setting of this model. Reset it.`]
    return check(schema, value, [name]).map(({ words }) => words)
  })
}
