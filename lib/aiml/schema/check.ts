import type { Json } from "../../base/json"
import { SentFile } from "./file"
import { labelOf } from "./label"
import type { Schema } from "./schema"

/** A value in a request: JSON that may contain files. */
export type Value = Json | SentFile | Value[] | { [name: string]: Value }

/** One validation problem: its path, and how to fix it. */
export type Problem = { path: readonly string[]; words: string }

/** Validates a value; returns the problems described for people, empty if valid. */
export function check(schema: Schema, value: Value, path: readonly string[] = []): Problem[] {
  const own = checkOwn(schema, value, path)
  if (own.length > 0 || !schema.options) return own
  const tries = schema.options.map((option) => ({
    option,
    problems: check(option, value, path),
  }))
  if (tries.some(({ problems }) => problems.length === 0)) return []
  const meant = tries.find(({ option }) => isMeant(option, value))
  return (
    meant?.problems ?? [{ path, words: `${labelAt(path)} has none of the shapes it may have.` }]
  )
}

/** Whether a value matches a schema. */
export function fits(schema: Schema | undefined, value: Value): boolean {
  return schema !== undefined && check(schema, value).length === 0
}

// The union option the person most likely meant: same type and same constants.
function isMeant(option: Schema, value: Value): boolean {
  if (checkType(option, value, []).length > 0) return false
  if (!isObject(value)) return true
  const fixed = Object.entries(option.properties).filter(([, inner]) => inner.values)
  return fixed.every(([name, inner]) => !(name in value) || fits(inner, value[name] ?? null))
}

function checkOwn(schema: Schema, value: Value, path: readonly string[]): Problem[] {
  if (value instanceof SentFile) return checkFile(schema, value, path)
  const wrong = checkType(schema, value, path)
  if (wrong.length > 0) return wrong
  if (schema.values && !schema.values.some((allowed) => isSame(allowed, value))) {
    const allowed = schema.values.map((entry) => JSON.stringify(entry)).slice(0, 12)
    const list = allowed.length === 1 ? allowed[0] : `one of ${allowed.join(", ")}`
    return [{ path, words: `${labelAt(path)} must be ${list}.` }]
  }
  if (typeof value === "number") return checkNumber(schema, value, path)
  if (typeof value === "string") return checkText(schema, value, path)
  if (Array.isArray(value)) return checkList(schema, value, path)
  return isObject(value) ? checkObject(schema, value, path) : []
}

function checkFile(schema: Schema, sent: SentFile, path: readonly string[]): Problem[] {
  const { types, maxChars = Number.POSITIVE_INFINITY } = schema
  const type = sent.as === "bytes" ? "object" : "string"
  const takes = types.length === 0 || types.includes(type) || (type === "object" && schema.isBinary)
  if (!takes && !schema.options) return [{ path, words: `${labelAt(path)} takes no file.` }]
  if (sent.as === "bytes" || sent.sizeBytes <= maxChars) return []
  return [{ path, words: `${labelAt(path)} takes no file as large as ${sent.file.name}.` }]
}

const typeWords: Record<string, string> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "on or off",
  object: "a group of settings",
  array: "a list",
  null: "empty",
}

function checkType(schema: Schema, value: Value, path: readonly string[]): Problem[] {
  const { types } = schema
  if (types.length === 0 || types.some((type) => isOfType(type, value))) return []
  const words = types.map((type) => typeWords[type] ?? type).join(" or ")
  return [{ path, words: `${labelAt(path)} must be ${words}.` }]
}

function isOfType(type: string, value: Value): boolean {
  if (type === "null") return value === null
  if (type === "array") return Array.isArray(value)
  if (type === "object") return isObject(value)
  if (type === "integer") return Number.isInteger(value)
  return typeof value === type
}

function checkNumber(schema: Schema, value: number, path: readonly string[]): Problem[] {
  const { min, max, isAboveMin = false } = schema
  const isLow = min !== undefined && (isAboveMin ? value <= min : value < min)
  const isHigh = max !== undefined && value > max
  if (!isLow && !isHigh && Number.isFinite(value)) return []
  const least = isAboveMin ? `more than ${min}` : `${min} or more`
  const words =
    min !== undefined && max !== undefined
      ? `between ${min} and ${max}`
      : min !== undefined
        ? least
        : `${max} or less`
  return [{ path, words: `${labelAt(path)} must be ${words}.` }]
}

/** The vendor's patterns may take cubic time; values that need one are short, such as dates and codes. */
const longestMatched = 200

function checkText(schema: Schema, value: string, path: readonly string[]): Problem[] {
  const { minChars = 0, maxChars = Number.POSITIVE_INFINITY, pattern, format } = schema
  const problem = (words: string) => [{ path, words: `${labelAt(path)} ${words}` }]
  const chars = [...value.slice(0, maxChars + 1)].length
  if (chars > maxChars || value.length > maxChars * 2) {
    return problem(`holds ${maxChars.toLocaleString("en")} characters at most. Shorten it.`)
  }
  if (value.length < minChars) return problem(`needs at least ${minChars} characters.`)
  if (pattern && value.length <= longestMatched && !pattern.test(value)) {
    return problem(`must look like ${pattern.source}.`)
  }
  if (format === "uri" && !/^[a-z][a-z\d+.-]*:\S*$/i.test(value)) {
    return problem("must be an address such as https://example.com/picture.png.")
  }
  return []
}

function checkList(schema: Schema, value: Value[], path: readonly string[]): Problem[] {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, items } = schema
  if (value.length < minItems) {
    return [{ path, words: `${labelAt(path)} needs at least ${minItems}.` }]
  }
  if (value.length > maxItems) {
    return [{ path, words: `${labelAt(path)} takes ${maxItems} at most.` }]
  }
  if (!items) return []
  return value.flatMap((entry, index) => check(items, entry, [...path, String(index + 1)]))
}

function checkObject(
  schema: Schema,
  value: { [name: string]: Value },
  path: readonly string[],
): Problem[] {
  const missing = schema.required
    .filter((name) => value[name] === undefined)
    .map((name) => ({ path: [...path, name], words: `${labelAt([...path, name])} is missing.` }))
  const wrong = Object.entries(value).flatMap(([name, entry]) => {
    const inner = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined
    const memberSchema = inner ?? schema.additional
    if (typeof memberSchema !== "boolean") return check(memberSchema, entry, [...path, name])
    return memberSchema
      ? []
      : [{ path: [...path, name], words: `${labelAt([...path, name])} is unknown.` }]
  })
  return [...missing, ...wrong]
}

/** Whether a value contains no files. */
export function isJson(value: Value): value is Json {
  if (value instanceof SentFile) return false
  if (Array.isArray(value)) return value.every(isJson)
  return !isObject(value) || Object.values(value).every(isJson)
}

export function isObject(value: unknown): value is { [name: string]: Value } {
  const isOther = Array.isArray(value) || value instanceof SentFile
  return typeof value === "object" && value !== null && !isOther
}

function isSame(a: Json, b: Value): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

function labelAt(path: readonly string[]): string {
  return path.length === 0 ? "This" : labelOf(path.join(" "))
}
