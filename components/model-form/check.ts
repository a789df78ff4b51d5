import type { Json, Params } from "@/lib/base/json"
import type { Field, ModelForm } from "@/lib/models/fields"
import { lowerFirst, withArticle } from "../files/file-words"

/** What stands in the way of sending, and at which parameter. */
export type Problem = { field: string; words: string }

/** The first parameter that is missing or wrong. */
export function paramsProblem(form: ModelForm, params: Params): Problem | null {
  for (const field of form.fields) {
    const value = params[field.name]
    const missing = missingIn(field, value)
    if (missing) return { field: field.name, words: missingWords(missing) }
    const wrong = wrongIn(field, value)
    if (wrong) return { field: field.name, words: `${wrong.field.label}: ${wrong.words}` }
  }
  return null
}

/** What is wrong with a value where it stands, not within it; null when nothing is. */
export function wrongWords(field: Field, value: Json | undefined): string | null {
  if (value === undefined) return null
  if (field.type === "number" && typeof value === "number") {
    const { min, max } = field
    if (field.isInteger && !Number.isInteger(value)) return "A whole number, please."
    if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
      return `${rangeWords(field)}, please.`
    }
  }
  if (field.type === "text" && typeof value === "string") {
    if (value.length < (field.minChars ?? 0))
      return `At least ${field.minChars} characters, please.`
    if (value.length > (field.maxChars ?? Number.POSITIVE_INFINITY)) {
      return `At most ${field.maxChars} characters, please.`
    }
  }
  if (field.type === "list" && Array.isArray(value) && value.length < (field.minItems ?? 0)) {
    return `At least ${field.minItems}, please.`
  }
  return null
}

/** "From 1 to 10", "At least 1", or nothing. */
export function rangeWords({ min, max }: { min?: number; max?: number }): string {
  const show = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 6 })
  if (min !== undefined && max !== undefined) return `From ${show(min)} to ${show(max)}`
  if (min !== undefined) return `At least ${show(min)}`
  return max === undefined ? "" : `At most ${show(max)}`
}

/** Whether a value has the shape of a field, roughly: enough to tell the shapes of a union apart. */
export function fits(field: Field, value: Json): boolean {
  switch (field.type) {
    case "boolean":
      return typeof value === "boolean"
    case "number":
      return typeof value === "number"
    case "text":
      return typeof value === "string"
    case "choice":
      return field.choices.some((choice) => choice === value)
    case "list":
      return Array.isArray(value)
    case "object":
      return isObject(value) && Object.keys(value).every((name) => has(field.fields, name))
    case "union":
      return field.options.some((option) => fits(option, value))
    case "json":
      return true
  }
}

export function isObject(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

export function missingWords(field: Field): string {
  const what = withArticle(lowerFirst(field.label))
  if (field.type === "choice" || field.type === "union") return `Choose ${what} first.`
  return field.type === "list" ? `Add ${what} first.` : `Set ${what} first.`
}

function has(fields: readonly Field[], name: string): boolean {
  return fields.some((field) => field.name === name)
}

/** The field in here that has to have a value and has none. */
function missingIn(field: Field, value: Json | undefined): Field | null {
  if (
    field.type === "object" &&
    (value !== undefined || (field.isRequired && !("default" in field)))
  ) {
    const values = isObject(value) ? value : {}
    for (const inner of field.fields) {
      const missing = missingIn(inner, values[inner.name])
      if (missing) return missing
    }
    return null
  }
  if (value === undefined) return field.isRequired && field.default === undefined ? field : null
  if (field.type === "list" && Array.isArray(value)) {
    return firstOf(value, (item) =>
      missingIn({ ...field.item, isRequired: true }, item ?? undefined),
    )
  }
  return null
}

function wrongIn(field: Field, value: Json | undefined): { field: Field; words: string } | null {
  const words = wrongWords(field, value)
  if (words) return { field, words }
  if (field.type === "object" && isObject(value)) {
    return firstOf(field.fields, (inner) => wrongIn(inner, value[inner.name]))
  }
  if (field.type === "list" && Array.isArray(value)) {
    return firstOf(value, (item) => wrongIn(field.item, item))
  }
  if (field.type === "union" && value !== undefined) {
    const option = field.options.find((option) => fits(option, value))
    return option ? wrongIn(option, value) : null
  }
  return null
}

function firstOf<T, R>(items: readonly T[], look: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = look(item)
    if (found) return found
  }
  return null
}
