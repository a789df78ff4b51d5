import { z } from "zod"
import type { VendorSchema } from "./specs"

const objectSchema = z.record(z.string(), z.unknown())
const jsonTypes = new Set(["string", "number", "integer", "boolean", "object", "array"])

function asObject(value: unknown): Record<string, unknown> | undefined {
  const parsed = objectSchema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

function normalizeMap(value: unknown): unknown {
  const map = asObject(value)
  if (!map) return value
  return Object.fromEntries(Object.entries(map).map(([name, entry]) => [name, normalize(entry)]))
}

/** The two Claude members whose schemas the vendor published in each other's place. */
function unswapped(properties: Record<string, unknown>): Record<string, unknown> {
  const tools = asObject(properties.tools)
  const tool = asObject(properties.tool_choice)
  if (!tools || !asObject(tool?.properties)?.input_schema) return properties
  return { ...properties, tools: { type: "array", items: tool }, tool_choice: tools.items }
}

function withNull(schema: Record<string, unknown>, isBranch: boolean): Record<string, unknown> {
  const { nullable, ...rest } = schema
  if (nullable !== true) return rest
  if (Array.isArray(rest.enum)) rest.enum = [...rest.enum, null]
  if (typeof rest.type === "string") return { ...rest, type: [rest.type, "null"] }
  if (Array.isArray(rest.anyOf)) return { ...rest, anyOf: [...rest.anyOf, { type: "null" }] }
  // Alone in a union it can only mean null; anywhere else it means "anything".
  return isBranch && Object.keys(rest).length === 0 ? { type: "null" } : rest
}

/** Bounds in the words of JSON schema: what excludes its bound is a number there, not a yes. */
function withNumericBounds(schema: Record<string, unknown>): void {
  for (const [exclusive, plain] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof schema[exclusive] !== "boolean") continue
    if (schema[exclusive] && typeof schema[plain] === "number") {
      schema[exclusive] = schema[plain]
      delete schema[plain]
    } else delete schema[exclusive]
  }
  for (const name of ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"]) {
    if (typeof schema[name] !== "number") delete schema[name]
  }
}

/**
 * A vendor schema made fit for a strict validator. As published, `nullable` stands without a type,
 * enums repeat values, some types do not exist, and unions meant as "any of these" are `oneOf`.
 */
function normalize(value: unknown, isBranch = false): unknown {
  const schema = asObject(value)
  if (!schema) return value
  // A file comes in a form and is no JSON, whatever a schema says of its insides.
  if (schema.format === "binary") return {}
  const { oneOf, anyOf = oneOf, ...rest } = schema
  const fixed: Record<string, unknown> = { ...rest }
  if (Array.isArray(anyOf)) fixed.anyOf = anyOf.map((branch) => normalize(branch, true))
  if (Array.isArray(rest.allOf)) fixed.allOf = rest.allOf.map((branch) => normalize(branch))
  if (typeof rest.type === "string" && !jsonTypes.has(rest.type)) delete fixed.type
  if (typeof rest.required === "boolean") delete fixed.required
  withNumericBounds(fixed)
  if (Array.isArray(rest.enum)) fixed.enum = [...new Set(rest.enum)]
  const properties = asObject(rest.properties)
  if (properties) fixed.properties = normalizeMap(unswapped(properties))
  if (rest.items !== undefined) fixed.items = normalize(rest.items)
  if (rest.additionalProperties !== undefined) {
    fixed.additionalProperties = normalize(rest.additionalProperties)
  }
  if (typeof rest.$ref === "string") return {}
  return withNull(fixed, isBranch)
}

/** The schema as an object, for the top of a document. */
export function normalizeDocument(schema: VendorSchema): VendorSchema {
  return asObject(normalize(schema)) ?? {}
}
