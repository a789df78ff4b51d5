import type { Json } from "../../base/json"
import { fits } from "./check"
import type { Schema } from "./schema"

/**
 * A minimal value for a required member nobody set: the default, the first allowed value, or the minimum. Undefined
 * if only a person can provide it, such as a name.
 */
export function smallest(schema: Schema): Json | undefined {
  const candidates = [schema.default, ...(schema.values ?? []), guess(schema)]
  return candidates.find((value) => value !== undefined && fits(schema, value))
}

function guess(schema: Schema): Json | undefined {
  for (const option of schema.options ?? []) {
    const value = smallest(option)
    if (value !== undefined) return value
  }
  const [type] = schema.types
  if (type === "boolean") return false
  if (type === "number" || type === "integer") return leastNumber(schema)
  if (type === "null") return null
  if (type === "object") return smallestObject(schema)
  if (type === "array" && (schema.minItems ?? 0) === 0) return []
  return undefined
}

function leastNumber({ min, max, isAboveMin, types }: Schema): number | undefined {
  if (min === undefined) return max === undefined ? undefined : Math.min(max, 1)
  if (!isAboveMin) return types.includes("integer") ? Math.ceil(min) : min
  return types.includes("integer") ? Math.floor(min) + 1 : ((max ?? min + 1) + min) / 2
}

function smallestObject(schema: Schema): Json | undefined {
  const members: Record<string, Json> = {}
  for (const name of schema.required) {
    const inner = schema.properties[name]
    const value = inner && smallest(inner)
    if (value === undefined) return undefined
    members[name] = value
  }
  return members
}
