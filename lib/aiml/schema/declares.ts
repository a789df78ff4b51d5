import { fits, type Value } from "./check"
import type { Schema } from "./schema"

/**
 * Whether a schema describes every member of a value. A value that only matches may have undescribed members, which
 * the upstream silently drops.
 */
export function declares(schema: Schema | undefined, value: Value): boolean {
  return schema !== undefined && fits(sealed(schema), value)
}

const sealedSchemas = new WeakMap<Schema, Schema>()

/** The schema with all objects closed to undescribed members. */
export function sealed(schema: Schema): Schema {
  const before = sealedSchemas.get(schema)
  if (before) return before
  const made = seal(schema)
  sealedSchemas.set(schema, made)
  return made
}

function seal(schema: Schema): Schema {
  const { properties, items, options, additional } = schema
  const isDescribed = Object.keys(properties).length > 0
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, sealed(inner)]),
    ),
    ...(items && { items: sealed(items) }),
    // Options may describe members in addition to the common ones.
    ...(options && { options: isDescribed ? options : options.map(sealed) }),
    additional: isDescribed && !options && additional === true ? false : additional,
  }
}
