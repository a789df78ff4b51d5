import { z } from "zod"
import { addressIn, arithmeticIn, subjectIn, timezoneIn } from "./tool-cues"

const schemaSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  default: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  minItems: z.number().optional(),
})

function textFor(name: string, prompt: string): string {
  if (/url|link|address/i.test(name)) return addressIn(prompt) ?? "https://example.com/"
  if (/expression|formula|calculation/i.test(name)) return arithmeticIn(prompt) ?? "1 + 1"
  if (/^(?:q|query|search\w*)$/i.test(name)) return subjectIn(prompt)
  if (/time_?zone|^tz$/i.test(name)) return timezoneIn(prompt)
  if (/city|location|place|country|town/i.test(name)) {
    return (
      /\b(?:in|for|at|near|from|to)\s+(\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)*)/u.exec(prompt)?.[1] ??
      "Paris"
    )
  }
  if (/date|day/i.test(name)) return /\d{4}-\d\d-\d\d/.exec(prompt)?.[0] ?? "2026-01-01"
  const quoted = /["“„«]([^"”“»]+)["”“»]/.exec(prompt)?.[1]
  return quoted ?? prompt.trim()
}

/** A value that a JSON schema accepts, filled with what the prompt offers. */
export function valueFor(schema: unknown, prompt: string, name = "value"): unknown {
  const parsed = schemaSchema.safeParse(schema)
  if (!parsed.success) return null
  const { type, properties, required, items, minimum, minItems } = parsed.data
  const [branch] = parsed.data.anyOf ?? parsed.data.oneOf ?? []
  const [kind] = [type].flat()
  if (parsed.data.const !== undefined) return parsed.data.const
  if (parsed.data.enum) {
    const said = parsed.data.enum.find((entry) =>
      prompt.toLowerCase().includes(String(entry).toLowerCase()),
    )
    return said ?? parsed.data.enum[0]
  }
  if (parsed.data.default !== undefined) return parsed.data.default
  if (branch !== undefined) return valueFor(branch, prompt, name)
  if (kind === "object" || properties) {
    const names = Object.keys(properties ?? {})
    const wanted = required?.length ? names.filter((key) => required.includes(key)) : names
    return Object.fromEntries(wanted.map((key) => [key, valueFor(properties?.[key], prompt, key)]))
  }
  if (kind === "array") {
    return Array.from({ length: Math.max(1, minItems ?? 1) }, () => valueFor(items, prompt, name))
  }
  if (kind === "number" || kind === "integer") {
    const number = Number(/-?\d+(?:\.\d+)?/.exec(prompt)?.[0] ?? minimum ?? 1)
    const bounded = Math.max(number, minimum ?? number)
    return kind === "integer" ? Math.round(bounded) : bounded
  }
  if (kind === "boolean") return false
  if (kind === "null") return null
  return textFor(name, prompt)
}
