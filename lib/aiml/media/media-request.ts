import { type Params, paramsSchema } from "../../base/json"
import type { ModelForm } from "../../models/fields"
import { check, fits, type Value } from "../schema/check"
import type { InputFile } from "../schema/file"
import { ordered, toField } from "../schema/form"
import { labelOf } from "../schema/label"
import type { Schema } from "../schema/schema"
import { encodeFiles, findSlots, type Slot, setAt } from "../schema/slots"
import { smallest } from "../schema/smallest"

/** How a protocol interprets its models' schemas. */
export type Reading = {
  /** Candidate names of the main prompt, most likely first; empty for models that take only files. */
  texts: readonly string[]
  /** The file kind of a slot named just `url` or `file`. */
  files: ModelForm["files"][number]["kind"]
  /** The label of the main text box. */
  label: string
}

/** A person's inputs for a model. A file may name its slot. */
export type Inputs = { text: string; files: readonly (InputFile & { slot?: string | undefined })[] }

/** Members that the client fills itself. */
export const ours: ReadonlySet<string> = new Set([
  "model",
  "messages",
  "stream",
  "stream_options",
  "tools",
  "tool_choice",
])

/** The form of a model. */
export function readForm(schema: Schema, reading: Reading): ModelForm {
  const text = mainText(schema, reading)
  const slots = findSlots(schema, reading.files)
  const taken = new Set([text?.name, ...slots.map(({ path }) => path[0])])
  const fields = Object.entries(schema.properties)
    .filter(([name]) => !ours.has(name) && !taken.has(name))
    .map(([name, inner]) => toField(name, inner, schema.required.includes(name)))
  return {
    text: text && {
      label: reading.label,
      isRequired: text.isRequired,
      maxChars: text.schema.maxChars ?? null,
    },
    files: slots.map(({ path: _path, schema: _schema, ...slot }) => slot),
    ...ordered(fields),
    gaps: [],
  }
}

/** A request body and the settings in it, or the problems described for people. */
export type Built =
  | { body: Record<string, Value>; sent: Params; leftOut: string[]; problems?: undefined }
  | { problems: string[] }

/**
 * Builds a request body: puts text and files into their slots, checks the settings, and fills unset required
 * members with minimal values. Sends nothing that is not in the schema.
 */
export function buildRequest(
  model: string,
  schema: Schema,
  reading: Reading,
  { inputs, params }: { inputs: Inputs; params: Params },
): Built {
  const body: Record<string, Value> = { ...modelMember(model, schema) }
  const problems = addParams(body, params, schema)
  const leftOut: string[] = []
  const text = mainText(schema, reading)
  if (text) problems.push(...addText(body, inputs.text, text, reading.label))
  else if (inputs.text.trim() !== "") leftOut.push("This model takes no text; yours was not sent.")
  const slots = findSlots(schema, reading.files)
  problems.push(...addFiles(body, inputs.files, slots))
  const named = new Set([text?.name, ...slots.map(({ path }) => path[0])])
  problems.push(...addRequired(body, schema, named))
  if (problems.length === 0) {
    const wrong = check(schema, body).filter(({ path }) => path[0] !== "model")
    problems.push(...wrong.map(({ words }) => words))
  }
  if (problems.length > 0) return { problems: [...new Set(problems)] }
  return { body, sent: settingsIn(body, text?.name), leftOut }
}

/** The settings in a body to store, without text and files, which are stored separately. */
function settingsIn(body: Record<string, Value>, textName: string | undefined): Params {
  const others = Object.entries(body).filter(([name]) => name !== "model" && name !== textName)
  const settings = others.map(([name, value]) => paramsSchema.safeParse({ [name]: value }).data)
  return Object.assign({}, ...settings)
}

/**
 * The member that holds the model id. If a document has a single other name, that one is used; the upstream accepts
 * both. With several names none is used, since they may be different models.
 */
export function modelMember(model: string, { properties }: Schema): { model?: string } {
  if (!properties.model) return {}
  const listed = properties.model.values?.filter((value) => typeof value === "string") ?? []
  const [only] = listed
  return { model: listed.length === 1 && only !== undefined ? only : model }
}

function addParams(body: Record<string, Value>, params: Params, schema: Schema): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const parameter = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    if (!parameter || ours.has(name)) {
      return [`“${labelOf(name)}” is no setting of this model. Reset it.`]
    }
    body[name] = value
    return check(parameter, value, [name]).map(({ words }) => words)
  })
}

type MainText = { name: string; schema: Schema; isRequired: boolean }

function mainText(schema: Schema, { texts }: Reading): MainText | null {
  const isText = (inner: Schema | undefined) => fits(unbounded(inner), "text")
  const byName = texts.find((name) => isText(schema.properties[name]))
  // A document may call it something else: then it is the first text that must be there.
  const firstRequired = schema.required.find(
    (name) => !ours.has(name) && isText(schema.properties[name]) && !isAddress(schema, name),
  )
  const name = byName ?? (texts.length > 0 ? firstRequired : undefined)
  const schemaOfName = name === undefined ? undefined : schema.properties[name]
  if (name === undefined || !schemaOfName) return null
  return { name, schema: schemaOfName, isRequired: schema.required.includes(name) }
}

function isAddress(schema: Schema, name: string): boolean {
  return schema.properties[name]?.format === "uri" || /(^|_)(url|uri|id)$/.test(name)
}

function unbounded(schema: Schema | undefined): Schema | undefined {
  if (!schema) return undefined
  const { minChars: _min, maxChars: _max, pattern: _pattern, ...rest } = schema
  return rest
}

function addText(
  body: Record<string, Value>,
  text: string,
  main: MainText,
  label: string,
): string[] {
  if (text.trim() === "")
    return main.isRequired && !main.schema.values ? [`${label} is missing.`] : []
  const shapes: Value[] = [text, [text]]
  const shape = shapes.find((value) => fits(main.schema, value))
  body[main.name] = shape ?? text
  return shape === undefined ? check(main.schema, text, [label]).map(({ words }) => words) : []
}

function addFiles(
  body: Record<string, Value>,
  files: Inputs["files"],
  slots: readonly Slot[],
): string[] {
  const placed = new Map<Slot, InputFile[]>()
  const problems: string[] = []
  for (const file of files) {
    const slot = placeFor(file, slots, placed)
    if (slot) placed.set(slot, [...(placed.get(slot) ?? []), file])
    else problems.push(noPlaceWords(file, slots))
  }
  for (const slot of slots) {
    const own = placed.get(slot) ?? []
    const least = slot.minFiles
    const isShort = own.length > 0 && own.length < least
    if (isShort || (own.length === 0 && slot.isRequired && !hasAt(body, slot.path))) {
      problems.push(
        `${slot.label} is missing. Attach ${least > 1 ? `${least} files` : wordFor(slot)}.`,
      )
    }
    const value = own.length > 0 ? encodeFiles(slot, own) : undefined
    if (value !== undefined) setAt(body, slot.path, value)
    else if (own.length > 0) problems.push(`${slot.label} does not take this file.`)
  }
  return problems
}

function hasAt(body: Record<string, Value>, path: readonly string[]): boolean {
  const [name = ""] = path
  return body[name] !== undefined
}

function takes(slot: Slot, file: InputFile): boolean {
  return slot.kind === file.kind || slot.alsoTakes.includes(file.kind)
}

/**
 * The slot the file was meant for, otherwise the first free one that fits, required ones first, then the main one.
 */
function placeFor(
  file: Inputs["files"][number],
  slots: readonly Slot[],
  placed: ReadonlyMap<Slot, InputFile[]>,
): Slot | undefined {
  const free = slots.filter(
    (slot) => takes(slot, file) && (placed.get(slot)?.length ?? 0) < slot.maxFiles,
  )
  const meant = slots.find(({ name }) => name === file.slot)
  if (meant) return free.find((slot) => slot === meant)
  const isWaiting = (slot: Slot) => slot.isRequired && !placed.has(slot)
  const isPlain = (slot: Slot) => !/mask|alpha/.test(slot.name)
  return (
    free.find((slot) => slot.isMain && isWaiting(slot)) ??
    free.find(isWaiting) ??
    free.find((slot) => slot.isMain) ??
    free.find(isPlain) ??
    free[0]
  )
}

const kindWords = {
  image: "picture",
  video: "video",
  audio: "recording",
  document: "document",
  mesh: "3D model",
} as const

function wordFor(slot: Slot): string {
  return `a ${kindWords[slot.kind]}`
}

function noPlaceWords(file: Inputs["files"][number], slots: readonly Slot[]): string {
  const word = kindWords[file.kind]
  return slots.some((slot) => takes(slot, file))
    ? `This model takes no further ${word}.`
    : `This model takes no ${word}s.`
}

/** Fills unset required members; `named` are inputs whose absence has already been reported. */
function addRequired(
  body: Record<string, Value>,
  schema: Schema,
  named: ReadonlySet<string | undefined>,
): string[] {
  return schema.required.flatMap((name) => {
    if (body[name] !== undefined || ours.has(name)) return []
    if (named.has(name) && !schema.properties[name]?.values) return []
    const inner = schema.properties[name]
    const value = inner && smallest(inner)
    if (value !== undefined) body[name] = value
    return value === undefined ? [`${labelOf(name)} is missing.`] : []
  })
}
