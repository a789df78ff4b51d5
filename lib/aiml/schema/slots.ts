import { type FileKind, fileKinds } from "../../base/file-kinds"
import type { FileSlot } from "../../models/fields"
import { fits, isObject, type Value } from "./check"
import { type InputFile, SentFile } from "./file"
import { labelOf } from "./label"
import type { Schema } from "./schema"

/** A file slot of a request, for the form, plus the schema needed to encode it. */
export type Slot = FileSlot & { path: readonly string[]; schema: Schema }

// File kinds by member name; the first match wins.
const kindsByName: readonly (readonly [RegExp, readonly FileKind[]])[] = [
  [/mask|alpha/, ["image"]],
  [/mesh|glb|3d|model_url|point_?cloud/, ["mesh"]],
  [/image|img|picture|photo|frame|sketch|texture|face|portrait|logo|character/, ["image"]],
  [/video|clip|movie|footage/, ["video"]],
  [/audio|voice|sound|music|song|speech|vocal|instrumental|recording/, ["audio"]],
  [/document|pdf|\bdoc\b/, ["document", "image"]],
]
const urlNames = /^(url|uri|href|src|data|path)$|_?(url|uri)$/i
const addressNames = /(^|_)(url|urls|uri|uris)$/
const sideRoles =
  /last|tail|end|reference|mask|alpha|style|left|right|back|second|depth|static|control/

/** Maximum nesting at which slots are searched for, as in `keyframes.frame0`. */
const deepest = 3

/**
 * Finds the file slots of a request. `own` is the kind of a slot named just `url` or `file`. If a file can be sent
 * as bytes or by URL, bytes are used, because our files have no public URL.
 */
export function findSlots(request: Schema, own: FileKind): Slot[] {
  const all = slotsIn(request, own, [], true)
  const slots = all.filter(
    (slot) =>
      takesBytes(slot.schema) ||
      slot.isRequired ||
      !all.some((other) => takesBytes(other.schema) && other.kind === slot.kind),
  )
  return slots.map((slot) => ({ ...slot, isMain: slot === mainOf(slots, slot.kind) }))
}

function slotsIn(schema: Schema, own: FileKind, above: readonly string[], isHere: boolean): Slot[] {
  return Object.entries(schema.properties).flatMap(([name, inner]) => {
    const path = [...above, name]
    const isRequired = isHere && schema.required.includes(name)
    const kinds = kindsOf(path, inner, own)
    if (kinds.length > 0) return [toSlot(path, inner, kinds, isRequired)]
    if (path.length >= deepest || Object.keys(inner.properties).length === 0) return []
    return slotsIn(inner, own, path, isRequired)
  })
}

function toSlot(
  path: readonly string[],
  schema: Schema,
  kinds: readonly FileKind[],
  isRequired: boolean,
): Slot {
  const [kind = "image", ...alsoTakes] = kinds
  const name = path.join(".")
  const label = labelOf(name.replace(addressNames, (end) => (end.endsWith("s") ? "s" : "")))
  const sizes = { minFiles: minFilesOf(schema), maxFiles: maxFilesOf(schema) }
  return { name, label, kind, alsoTakes, isRequired, ...sizes, isMain: false, path, schema }
}

/** The file kinds a member accepts; empty if it is something else, such as a size or a voice name. */
function kindsOf(path: readonly string[], schema: Schema, own: FileKind): readonly FileKind[] {
  const name = path.at(-1) ?? ""
  if (!takesAddress(name, schema)) return []
  const fixedKinds = new Set(fixedTypes(schema).flatMap((type) => byName(type) ?? []))
  if (fixedKinds.size > 0) return [...fixedKinds]
  const kinds = path.toReversed().flatMap((part) => byName(part) ?? [])
  if (kinds.length > 0) return [...new Set(kinds)]
  return [own]
}

function byName(name: string): readonly FileKind[] | undefined {
  return kindsByName.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1]
}

/** Constants of `type` members, such as "image" or "document_url", which distinguish shapes of a file. */
function fixedTypes(schema: Schema): string[] {
  const own = schema.properties.type?.values ?? []
  const inner = (schema.options ?? []).flatMap(fixedTypes)
  return [...own.filter((value) => typeof value === "string"), ...inner]
}

function takesAddress(name: string, schema: Schema): boolean {
  if (schema.isBinary) return true
  if (schema.options?.length) {
    const isAddress = schema.options.some((option) => takesAddress(name, option))
    const isNamed = byName(name) !== undefined
    return isAddress && (isNamed || schema.options.some((option) => option.format === "uri"))
  }
  if (schema.items) return takesAddress(name, schema.items) && !hasOtherMembers(schema.items)
  if (schema.types.includes("object")) return isFileObject(name, schema)
  if (!schema.types.includes("string") || schema.values) return false
  if (/callback|webhook|prompt|text|content|name|_id$/.test(name)) return false
  return isNamedLikeFile(name, schema)
}

function isNamedLikeFile(name: string, schema: Schema): boolean {
  if (schema.format === "uri" || addressNames.test(name)) return true
  // "static_mask" is a file; "voice" and "style" are text.
  return /(^|_)(image|images|mask|video|frame|document|file|audio)$/.test(name)
}

function isFileObject(name: string, schema: Schema): boolean {
  const members = Object.keys(schema.properties)
  if (members.length === 0) return /(^|_)(image|images|mask|file|audio|video)$/.test(name)
  return members.some((member) => urlNames.test(member)) && !hasOtherMembers(schema)
}

// An object that requires more than a file, such as a speaker with a name, is an ordinary setting.
function hasOtherMembers(schema: Schema): boolean {
  const companions = /^(type|detail|mime_?type|media_type|format|filename|file_?name|id)$/i
  return Object.keys(schema.properties).some(
    (member) => !urlNames.test(member) && !companions.test(member) && !schema.isBinary,
  )
}

function maxFilesOf(schema: Schema): number {
  const lists = [schema, ...(schema.options ?? [])].filter((option) => option.items)
  return lists.length === 0 ? 1 : Math.max(...lists.map((list) => list.maxItems ?? 10))
}

function minFilesOf(schema: Schema): number {
  const isSingle = [schema, ...(schema.options ?? [])].some(
    (option) => !option.items && !option.options,
  )
  return isSingle ? 1 : Math.max(1, schema.minItems ?? 1)
}

function takesBytes(schema: Schema): boolean {
  return (
    schema.isBinary ||
    Boolean(schema.items && takesBytes(schema.items)) ||
    Boolean(schema.options?.some(takesBytes))
  )
}

function mainOf(slots: readonly Slot[], kind: FileKind): Slot | undefined {
  const own = slots.filter((slot) => slot.kind === kind)
  return (
    own.find((slot) => slot.isRequired && !sideRoles.test(slot.name)) ??
    own.find((slot) => !sideRoles.test(slot.name)) ??
    own.find((slot) => slot.isRequired) ??
    own[0]
  )
}

/** Encodes files in the shape a slot expects; undefined if it has none for them. */
export function encodeFiles(slot: Slot, files: readonly InputFile[]): Value | undefined {
  const [first] = files
  const isList = slot.schema.items !== undefined
  const one = first && files.length === 1 && !isList ? encodeFile(slot.schema, first) : undefined
  if (one !== undefined) return one
  const lists = [slot.schema, ...(slot.schema.options ?? [])].flatMap((list) => list.items ?? [])
  for (const items of lists) {
    const encoded = files.map((file) => encodeFile(items, file))
    if (encoded.every((value) => value !== undefined)) return encoded
  }
  return undefined
}

function encodeFile(schema: Schema, file: InputFile): Value | undefined {
  const candidates = schema.options?.map((option) => encodeFile(option, file)) ?? [
    encodeOne(schema, file),
  ]
  return candidates.find((value) => value !== undefined && fits(schema, value))
}

function encodeOne(schema: Schema, file: InputFile): Value | undefined {
  if (schema.isBinary) return new SentFile(file, "bytes")
  const { types } = schema
  if (types.length === 0 || types.includes("string")) return new SentFile(file, "address")
  if (schema.items) {
    const inner = encodeFile(schema.items, file)
    return inner === undefined ? undefined : [inner]
  }
  if (!types.includes("object")) return undefined
  if (Object.keys(schema.properties).length === 0) return new SentFile(file, "bytes")
  return encodeObject(schema, file)
}

function encodeObject(schema: Schema, file: InputFile): Value | undefined {
  const encoded: { [name: string]: Value } = {}
  let hasFile = false
  for (const [name, inner] of Object.entries(schema.properties)) {
    if (urlNames.test(name) && !hasFile) {
      const value = encodeFile(inner, file)
      if (value === undefined) continue
      encoded[name] = value
      hasFile = true
    } else if (inner.values && (name === "type" || schema.required.includes(name))) {
      const fitting = inner.values.find((value) => isOfKind(value, file.kind))
      if (fitting === undefined) return undefined
      encoded[name] = fitting
    }
  }
  return hasFile ? encoded : undefined
}

// "image", "image_url", "document_url": a constant for another kind of file excludes this shape.
function isOfKind(value: unknown, kind: FileKind): boolean {
  if (typeof value !== "string") return true
  const named = fileKinds.filter((fileKind) => value.toLowerCase().includes(fileKind))
  return named.length === 0 ? value !== "generation" : named.includes(kind)
}

/** Sets a value at a path, creating the objects on the way. */
export function setAt(
  body: { [name: string]: Value },
  path: readonly string[],
  value: Value,
): void {
  const [name, ...rest] = path
  if (name === undefined) return
  if (rest.length === 0) {
    body[name] = value
    return
  }
  const inner = body[name]
  const next = isObject(inner) ? inner : {}
  body[name] = next
  setAt(next, rest, value)
}
