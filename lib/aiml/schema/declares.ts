import { fits, type Value } from "./check"
import type { Schema } from "./schema"

/**
 * Whether a schema has words for all of a value. One that only fits may carry members the schema forbids
 * nowhere and knows nowhere; the upstream drops those without a word.
 */
export function declares(schema: Schema | undefined, value: Value): boolean {
  return schema !== undefined && fits(sealed(schema), value)
}

const known = new WeakMap<Schema, Schema>()

/** The same schema in which an object takes the members that are described, and no others. */
export function sealed(schema: Schema): Schema {
  const before = known.get(schema)
  if (before) return before
  const made = seal(schema)
  known.set(schema, made)
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
    // Options may describe members that stand beside the common ones.
    ...(options && { options: isDescribed ? options : options.map(sealed) }),
    additional: isDescribed && !options && additional === true ? false : additional,
  }
}
