import type { z } from "zod"
import type { Json } from "../base/json"
import { cutText } from "../base/postgres-text"

type Schema = z.core.JSONSchema.BaseSchema

/** Remaining budget for a value, regardless of its schema; `isCut` is set once something was dropped. */
export type Room = { chars: number; nodes: number; isCut: boolean }

/** Deeper than any legitimate value, and far below the limits of parsers and serializers. */
const maxDepth = 64

/**
 * Coerces an untrusted value to a JSON schema: truncates texts and lists, clamps numbers, drops unknown and invalid
 * members. Undefined if nothing fits. Runs in time linear in the output.
 */
export function fitToSchema(schema: Schema, value: unknown, room: Room): Json | undefined {
  if (schema.$ref !== undefined) return fitJson(value, room)
  const options = schema.oneOf ?? schema.anyOf
  if (options) return fitOption(options, value, room)
  if (schema.const !== undefined) return value === schema.const ? schema.const : undefined
  const types = [schema.type].flat()
  if (value === null && types.includes("null")) return null
  if (types.includes("object")) return fitObject(schema, value, room)
  if (types.includes("array")) return fitList(schema, value, room)
  if (types.includes("string")) return fitText(schema, value, room)
  if (types.includes("boolean")) return typeof value === "boolean" ? value : undefined
  return fitNumber(schema, value)
}

function fitOption(options: readonly unknown[], value: unknown, room: Room): Json | undefined {
  for (const option of options) {
    // Options of a zod-generated schema are schemas.
    const schema = option as Schema
    if (!hasSameTag(schema, value)) continue
    const fitted = fitToSchema(schema, value, room)
    if (fitted !== undefined) return fitted
  }
  return undefined
}

/** Whether the discriminator constants of a union option match the value. */
function hasSameTag({ properties = {} }: Schema, value: unknown): boolean {
  return Object.entries(properties).every(
    ([name, member]) =>
      typeof member === "boolean" ||
      member.const === undefined ||
      member.type === "boolean" ||
      (isRecord(value) && value[name] === member.const),
  )
}

function fitObject(
  { properties = {}, required = [] }: Schema,
  value: unknown,
  room: Room,
): Json | undefined {
  if (!isRecord(value)) return undefined
  const fitted: { [name: string]: Json } = {}
  for (const [name, member] of Object.entries(properties)) {
    const original = Object.hasOwn(value, name) ? value[name] : undefined
    const fittedMember =
      original === undefined || typeof member === "boolean"
        ? undefined
        : fitToSchema(member, original, room)
    if (fittedMember !== undefined) fitted[name] = fittedMember
    else if (required.includes(name)) return undefined
    else if (original !== undefined) room.isCut = true
  }
  return fitted
}

function fitList({ items, maxItems }: Schema, value: unknown, room: Room): Json | undefined {
  if (!Array.isArray(value) || typeof items !== "object" || Array.isArray(items)) return undefined
  const fitted: Json[] = []
  for (const item of value) {
    if (fitted.length >= (maxItems ?? Number.POSITIVE_INFINITY) || room.nodes <= 0) {
      room.isCut = true
      break
    }
    room.nodes -= 1
    const kept = fitToSchema(items, item, room)
    if (kept === undefined) room.isCut = true
    else fitted.push(kept)
  }
  return fitted
}

function fitText({ maxLength }: Schema, value: unknown, room: Room): string | undefined {
  return typeof value === "string"
    ? takeText(value, Math.min(maxLength ?? room.chars, room.chars), room)
    : undefined
}

function fitNumber(
  { type, minimum, exclusiveMinimum, maximum }: Schema,
  value: unknown,
): number | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined
  const whole = type === "integer" ? Math.round(value) : value
  if (typeof exclusiveMinimum === "number" && whole <= exclusiveMinimum) return undefined
  return Math.min(maximum ?? whole, Math.max(minimum ?? whole, whole))
}

/** Any value as storable JSON, within the remaining budget and depth. */
export function fitJson(value: unknown, room: Room, depth = 0): Json {
  if (typeof value === "string") return takeText(value, room.chars, room)
  if (typeof value === "boolean") return value
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  if (typeof value !== "object" || value === null) return null
  if (depth >= maxDepth) {
    room.isCut = true
    return "…"
  }
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value)
  const kept: [number | string, Json][] = []
  for (const [key, item] of entries) {
    if (room.nodes <= 0 || room.chars <= 0) {
      room.isCut = true
      break
    }
    room.nodes -= 1
    const name = typeof key === "string" ? takeText(key, room.chars, room) : key
    kept.push([name, fitJson(item, room, depth + 1)])
  }
  return Array.isArray(value) ? kept.map(([, item]) => item) : Object.fromEntries(kept)
}

function takeText(text: string, maxChars: number, room: Room): string {
  const kept = cutText(text, maxChars)
  if (text.length > maxChars) room.isCut = true
  room.chars -= kept.length
  return kept
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
