import { z } from "zod"
import type { Json } from "../../base/json"

const jsonTypes = ["string", "number", "integer", "boolean", "object", "array", "null"] as const
type JsonType = (typeof jsonTypes)[number]

/**
 * A vendor's JSON schema in normalized form: `oneOf` and `anyOf` both become `options` (the vendor means "any of
 * these" by either), `nullable` and `const` become types and values, references are resolved, and keywords without
 * effect are removed. An empty schema accepts anything.
 */
export type Schema = {
  /** Empty: any type. */
  types: readonly JsonType[]
  values?: readonly Json[]
  default?: Json
  min?: number
  max?: number
  /** Whether `min` is exclusive. */
  isAboveMin?: boolean
  minChars?: number
  maxChars?: number
  pattern?: RegExp
  format?: string
  items?: Schema
  minItems?: number
  maxItems?: number
  properties: Readonly<Record<string, Schema>>
  required: readonly string[]
  /** Members other than `properties`: their schema, or false if not allowed. */
  additional: Schema | boolean
  options?: readonly Schema[]
  /** Binary data, sent as a file in a form. */
  isBinary: boolean
}

/** Resolves `#/components/…` in the schema's document. */
export type Resolve = (reference: string) => unknown

const rawSchema = z.record(z.string(), z.unknown())
const asNumber = z.number().optional().catch(undefined)
const asText = z.string().optional().catch(undefined)
const asJson = z.json()

/** Circular references are cut at this depth; anything is accepted below it. */
const deepest = 24

/** Normalizes a published schema. Never throws: unreadable parts accept anything. */
export function readSchema(
  raw: unknown,
  resolve: Resolve = () => undefined,
  depth = 0,
  isOption = false,
): Schema {
  const parsed = rawSchema.safeParse(raw)
  if (!parsed.success || depth > deepest) return anything
  const source = merged(parsed.data, resolve)
  const read = (inner: unknown, isInnerOption = false) =>
    readSchema(inner, resolve, depth + 1, isInnerOption)
  const properties = readProperties(source.properties, read)
  const options = readOptions(source, read)
  const isNullable = source.nullable === true
  const types = readTypes(source.type)
  const bare = types.length === 0 && !options && !source.enum && !source.properties
  // A lone `nullable` among options can only mean null; elsewhere it means anything.
  if (isNullable && bare) return isOption ? nothing : anything
  const values = readValues(source, isNullable)
  return {
    types: isNullable && types.length > 0 ? [...types, "null"] : types,
    ...(values && { values }),
    ...readDefault(source.default),
    ...readBounds(source),
    ...readTexts(source),
    ...(source.items !== undefined && { items: read(source.items) }),
    properties,
    required: readRequired(source.required, properties),
    additional: readAdditional(source.additionalProperties, read),
    ...(options && { options: isNullable ? [...options, nothing] : options }),
    isBinary: source.format === "binary" || "buffer" in properties,
  }
}

const anything: Schema = {
  types: [],
  properties: {},
  required: [],
  additional: true,
  isBinary: false,
}
const nothing: Schema = { ...anything, types: ["null"] }

/** Follows references and merges `allOf`. */
function merged(source: Record<string, unknown>, resolve: Resolve): Record<string, unknown> {
  let current = source
  for (let steps = 0; typeof current.$ref === "string" && steps < deepest; steps++) {
    const target = rawSchema.safeParse(resolve(current.$ref))
    if (!target.success) return {}
    current = target.data
  }
  const parts = z.array(rawSchema).safeParse(current.allOf)
  if (!parts.success) return current
  return parts.data.map((part) => merged(part, resolve)).reduce(joined, current)
}

function joined(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  const properties = { ...asObject(a.properties), ...asObject(b.properties) }
  const required = [...asList(a.required), ...asList(b.required)]
  return { ...a, ...b, properties, required }
}

const asObject = (value: unknown) => rawSchema.catch({}).parse(value)
const asList = (value: unknown) => z.array(z.unknown()).catch([]).parse(value)

function readTypes(type: unknown): JsonType[] {
  return [type].flat().filter((name): name is JsonType => jsonTypes.some((known) => known === name))
}

function readValues(source: Record<string, unknown>, isNullable: boolean): Json[] | undefined {
  const listed = "const" in source ? [source.const] : source.enum
  const values = z.array(asJson).min(1).safeParse(listed)
  if (!values.success) return undefined
  const all: Json[] = isNullable ? [...values.data, null] : values.data
  return all.filter((value, index) => all.indexOf(value) === index)
}

function readDefault(value: unknown): { default?: Json } {
  const parsed = asJson.safeParse(value)
  return parsed.success && value !== undefined ? { default: parsed.data } : {}
}

function readBounds(source: Record<string, unknown>) {
  const above = asNumber.parse(source.exclusiveMinimum)
  const min = above ?? asNumber.parse(source.minimum)
  const max = asNumber.parse(source.exclusiveMaximum) ?? asNumber.parse(source.maximum)
  const isAboveMin = above !== undefined || source.exclusiveMinimum === true
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(min !== undefined && isAboveMin && { isAboveMin }),
    ...defined("minItems", asNumber.parse(source.minItems)),
    ...defined("maxItems", asNumber.parse(source.maxItems)),
  }
}

function readTexts(source: Record<string, unknown>) {
  return {
    ...defined("minChars", asNumber.parse(source.minLength)),
    ...defined("maxChars", asNumber.parse(source.maxLength)),
    ...defined("format", asText.parse(source.format)),
    ...defined("pattern", readPattern(source.pattern)),
  }
}

function readPattern(pattern: unknown): RegExp | undefined {
  try {
    const read = typeof pattern === "string" ? new RegExp(pattern) : undefined
    return read && isQuick(read) ? read : undefined
  } catch {
    return undefined // not a valid JavaScript pattern; the upstream validates it
  }
}

/** Whether a pattern is fast on short texts: no repeated groups, few unbounded repetitions. */
function isQuick({ source }: RegExp): boolean {
  const bare = source.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "x")
  const rows = bare.match(/[*+]|,\d*\}/g) ?? []
  return rows.length <= 2 && !/\)(?:[*+]|\{)/.test(bare)
}

function defined<Name extends string, Value>(name: Name, value: Value | undefined) {
  // TypeScript cannot infer a single computed member.
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value }
}

function readProperties(raw: unknown, read: (inner: unknown) => Schema): Record<string, Schema> {
  const entries = Object.entries(asObject(raw))
  return Object.fromEntries(entries.map(([name, inner]) => [name, read(inner)]))
}

// A required member without a schema could only be guessed, so it is ignored.
function readRequired(raw: unknown, properties: Record<string, Schema>): string[] {
  return asList(raw).filter(
    (name): name is string => typeof name === "string" && Object.hasOwn(properties, name),
  )
}

function readAdditional(raw: unknown, read: (inner: unknown) => Schema): Schema | boolean {
  return typeof raw === "boolean" ? raw : raw === undefined ? true : read(raw)
}

function readOptions(
  source: Record<string, unknown>,
  read: (inner: unknown, isOption: boolean) => Schema,
): Schema[] | undefined {
  const options = z
    .array(z.unknown())
    .min(1)
    .safeParse(source.anyOf ?? source.oneOf)
  return options.success ? options.data.map((option) => read(option, true)) : undefined
}
