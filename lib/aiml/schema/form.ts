import type { Json } from "../../base/json"
import type { Field, FieldShape, ModelForm } from "../../models/fields"
import { fits } from "./check"
import { labelOf } from "./label"
import type { Schema } from "./schema"

/** Maximum nesting of form fields; deeper values are edited as JSON. */
const deepest = 4

/** Converts a parameter's schema to a form field. */
export function toField(name: string, schema: Schema, isRequired: boolean, depth = 0): Field {
  const field = { name, label: labelOf(name), isRequired, ...shapeOf(name, schema, depth) }
  const preset = presetOf(schema)
  return preset === undefined ? field : { ...field, default: preset }
}

/** Some documents have defaults of the wrong type; a numeric string is read as a number. */
function presetOf(schema: Schema): Json | undefined {
  const { default: preset } = schema
  const readings = typeof preset === "string" ? [preset, Number(preset)] : [preset]
  return readings.find((reading) => reading !== undefined && fits(schema, reading))
}

function shapeOf(name: string, schema: Schema, depth: number): FieldShape {
  if (depth > deepest) return { type: "json" }
  const options = schema.options?.filter((option) => !isNull(option))
  const [only] = options ?? []
  if (only && options?.length === 1) return shapeOf(name, only, depth)
  if (options?.length) return unionOf(name, options, depth)
  const values = schema.values?.filter((value) => value !== null)
  if (values?.length) return choiceOf(values)
  const types = schema.types.filter((type) => type !== "null")
  const [type, ...others] = types
  if (type === undefined || others.length > 0) return typesOf(schema, types, name, depth)
  switch (type) {
    case "boolean":
      return { type: "boolean" }
    case "number":
    case "integer":
      return { type: "number", isInteger: type === "integer", ...boundsOf(schema) }
    case "string":
      return { type: "text", isLong: isLong(name, schema), ...lengthsOf(schema) }
    case "array":
      return listOf(name, schema, depth)
    case "object":
      return objectOf(schema, depth)
    default:
      return { type: "json" }
  }
}

function typesOf(
  schema: Schema,
  types: readonly Schema["types"][number][],
  name: string,
  depth: number,
): FieldShape {
  if (types.length === 0) return { type: "json" }
  const options = types.map((type) => ({ ...schema, types: [type] }))
  return unionOf(name, options, depth)
}

function isNull(schema: Schema): boolean {
  return schema.types.length === 1 && schema.types[0] === "null"
}

function choiceOf(values: readonly Json[]): FieldShape {
  const choices = values.filter(
    (value) => value === null || ["string", "number", "boolean"].includes(typeof value),
  )
  if (choices.length < values.length) return { type: "json" }
  // Objects and lists were filtered out above.
  return { type: "choice", choices: choices as (string | number | boolean | null)[] }
}

function unionOf(name: string, options: readonly Schema[], depth: number): FieldShape {
  const fields = options.map((option) => ({
    ...toField(name, option, false, depth + 1),
    label: optionLabel(option),
  }))
  return fields.every((field) => field.type === "json")
    ? { type: "json" }
    : { type: "union", options: fields }
}

function optionLabel(option: Schema): string {
  if (option.values) return "One of a list"
  const fixed = option.properties.type?.values?.[0]
  if (typeof fixed === "string") return labelOf(fixed)
  const members = Object.keys(option.properties)
  if (members.length > 0) return members.slice(0, 3).map(labelOf).join(", ")
  const words: Record<string, string> = {
    string: "Text",
    number: "Number",
    integer: "Number",
    boolean: "On or off",
    array: "List",
  }
  return words[option.types[0] ?? ""] ?? "JSON"
}

function listOf(name: string, schema: Schema, depth: number): FieldShape {
  if (!schema.items) return { type: "json" }
  const { minItems, maxItems } = schema
  return {
    type: "list",
    item: toField(name, schema.items, false, depth + 1),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
  }
}

function objectOf(schema: Schema, depth: number): FieldShape {
  const fields = Object.entries(schema.properties).map(([name, inner]) =>
    toField(name, inner, schema.required.includes(name), depth + 1),
  )
  return fields.length === 0 ? { type: "json" } : { type: "object", fields }
}

function boundsOf({ min, max }: Schema) {
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

function lengthsOf({ minChars, maxChars }: Schema) {
  return {
    ...(minChars !== undefined && { minChars }),
    ...(maxChars !== undefined && { maxChars }),
  }
}

function isLong(name: string, { maxChars = 0 }: Schema): boolean {
  return /prompt|lyrics|text|description|instruction|script/.test(name) || maxChars > 300
}

// The parameters people change most come first; the rest keeps the vendor's order.
const sensible =
  /^(aspect_ratio|image_size|size|resolution|duration|quality|style|voice|voice_setting|language|num_images|n|lyrics|negative_prompt|seconds_total|music_length_ms|reasoning_effort|reasoning|thinking|enable_thinking|temperature|max_tokens|max_completion_tokens|max_output_tokens|enable_search|generate_audio|output_format|response_format|format|speed|mode|effect_scene|dimensions|diarize|speaker_labels|pages)$/
const shownAtMost = 6

/** Sorts required and common fields first, and says how many to show initially. */
export function ordered(fields: readonly Field[]): Pick<ModelForm, "fields" | "shown"> {
  const rank = (field: Field) => (field.isRequired ? 0 : sensible.test(field.name) ? 1 : 2)
  const sorted = fields.toSorted((a, b) => rank(a) - rank(b))
  const first = sorted.filter((field) => rank(field) < 2).length
  const required = sorted.filter((field) => field.isRequired).length
  // Hiding so few would save nothing.
  if (sorted.length <= shownAtMost) return { fields: sorted, shown: sorted.length }
  const shown = Math.max(required, Math.min(shownAtMost, first || shownAtMost))
  return { fields: sorted, shown: Math.min(shown, sorted.length) }
}
