import { compile } from "../simulator/validate"

// Values for settings a person might choose, generated from the vendor's schema independently of the app.

type Schema = Record<string, unknown>

export const asSchema = (value: unknown): Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {}
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const asNumber = (value: unknown) => (typeof value === "number" ? value : undefined)

/** Texts that match common patterns and formats. */
const samples = [
  "https://example.com/file.png",
  "a conformance text",
  "abc",
  "US",
  "01/31/2025",
  "2025-01-31",
  "2025-01-31T10:00:00Z",
  "6f1c24ab-4e0b-4c8b-8a5e-0b5f0f4f3c11",
  "203.0.113.7",
  "#ffcc00",
  "1024x1024",
  "16:9",
  "en",
  "en-US",
  "tool_1",
  "12",
  "1.5",
  "A1",
  "person@example.com",
]

/**
 * A value that matches the schema and differs from the default; `variant` selects a union option. Undefined if none
 * was found.
 */
export function nonDefault(schema: unknown, variant: number, name = ""): unknown {
  const preset = JSON.stringify(asSchema(schema).default)
  const fits = compile(asSchema(schema))
  // A limit on the whole answer must leave room for reasoning.
  const roomy = /max.*tokens|^max_output/.test(name) ? [5_000] : []
  return [...roomy, ...candidates(schema, variant, 0)].find(
    (value) => value !== undefined && JSON.stringify(value) !== preset && fits(value),
  )
}

function candidates(raw: unknown, variant: number, depth: number): unknown[] {
  const schema = asSchema(raw)
  if (depth > 6) return []
  const options = asList(schema.anyOf ?? schema.oneOf)
  if (options.length > 0) {
    const turned = options.map((_, index) => options[(index + variant) % options.length])
    return turned.flatMap((option) => candidates(option, variant, depth + 1))
  }
  const values = asList(schema.enum)
  if (values.length > 0) return values.toReversed()
  const types = [schema.type].flat()
  return types.flatMap((type) => ofType(type, schema, variant, depth))
}

function ofType(type: unknown, schema: Schema, variant: number, depth: number): unknown[] {
  switch (type) {
    case "boolean":
      return [schema.default !== true, schema.default === true]
    case "number":
    case "integer":
      return numbers(schema, type === "integer")
    case "string":
      return texts(schema)
    case "array":
      return lists(schema, variant, depth)
    case "object":
      return objects(schema, variant, depth)
    default:
      return type === "null" ? [] : ["anything"]
  }
}

function numbers(schema: Schema, isWhole: boolean): number[] {
  const min = asNumber(schema.minimum)
  const max = asNumber(schema.maximum)
  const low = min ?? (max === undefined ? 1 : Math.min(1, max))
  const high = max ?? low + 10
  const middle = (low + high) / 2
  const all = [middle, low + (high - low) / 4, high, low, low + 1]
  return isWhole ? all.map(Math.round) : all
}

function texts(schema: Schema): string[] {
  const min = asNumber(schema.minLength) ?? 0
  const max = asNumber(schema.maxLength) ?? Number.POSITIVE_INFINITY
  const long = "conformance ".repeat(Math.ceil(min / 12) + 1).slice(0, Math.max(min, 1))
  const ordinary = schema.format === "uri" ? samples : [...samples.slice(1), ...samples]
  return [...ordinary, long].filter((text) => text.length >= min && text.length <= max)
}

function lists(schema: Schema, variant: number, depth: number): unknown[] {
  const least = Math.max(1, asNumber(schema.minItems) ?? 1)
  const entries = candidates(schema.items ?? {}, variant, depth + 1).slice(0, 8)
  return entries.map((entry) => Array.from({ length: least }, () => entry))
}

function objects(schema: Schema, variant: number, depth: number): unknown[] {
  const properties = asSchema(schema.properties)
  const names = Object.keys(properties)
  if (names.length === 0) return [objectOf(schema.additionalProperties, variant, depth)]
  const required = asList(schema.required)
  const members = (wanted: string[]) =>
    Object.fromEntries(
      wanted.flatMap((name) => {
        const value = nonDefaultMember(properties[name], variant, depth)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  return [members(names), members(names.filter((name) => required.includes(name)))]
}

function objectOf(additional: unknown, variant: number, depth: number): unknown {
  const [value = "anything"] =
    typeof additional === "object" ? candidates(additional, variant, depth + 1) : []
  return { first: value }
}

function nonDefaultMember(schema: unknown, variant: number, depth: number): unknown {
  const fits = compile(asSchema(schema))
  return candidates(schema, variant, depth + 1).find((value) => fits(value))
}
