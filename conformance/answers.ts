import { asSchema } from "./values"

// Answers generated from the vendor's response schemas, containing marks that the client must return: text, URLs,
// bytes, numbers.

export type Marks = { texts: string[]; urls: string[]; bytes: string[]; vectors: number[][] }
export const newMarks = (): Marks => ({ texts: [], urls: [], bytes: [], vectors: [] })

export const tokens = { input: 11, output: 7 }
export const usd = 0.00123
export const meta = { usage: { credits_used: 2460, usd_spent: usd } }

type Making = { marks: Marks; isDone: boolean; variant: number; ext: string; root: string }

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A value of a response schema with all informative members. */
export function answerOf(schema: unknown, making: Making, name = "", depth = 0): unknown {
  const source = asSchema(schema)
  const options = asList(source.anyOf ?? source.oneOf).filter((option) => !isNull(option))
  if (options.length > 0) {
    return answerOf(options[making.variant % options.length], making, name, depth + 1)
  }
  const values = asList(source.enum)
  if (values.length > 0) return wordOf(name, values, making) ?? values[0]
  const type = [source.type].flat().find((entry) => entry !== "null")
  if (type === "array") return listOf(source, making, name, depth)
  if (type === "object" || source.properties) return objectOf(source, making, depth)
  if (type === "boolean") return false
  if (type === "number" || type === "integer") return numberOf(name, source, type)
  return type === "string" ? textOf(source, making, name) : null
}

function isNull(schema: unknown): boolean {
  const { type, nullable, ...rest } = asSchema(schema)
  return (
    type === "null" || (nullable === true && type === undefined && Object.keys(rest).length === 0)
  )
}

function objectOf(source: Record<string, unknown>, making: Making, depth: number): unknown {
  if (depth > 14) return {}
  const properties = asSchema(source.properties)
  const names = Object.keys(properties).filter((name) => isTold(name, properties, making))
  return Object.fromEntries(
    names.map((name) => [name, answerOf(properties[name], making, name, depth + 1)]),
  )
}

// Errors, thumbnails and duplicate forms of the result are not part of a good answer.
const untold =
  /^(error|errors|failure_reason|last_error|refusal|audio_url|logprobs|incomplete_details)$/
const results = /^(video|audio_file|images|data|output|result|results)$/

function isTold(name: string, properties: Record<string, unknown>, making: Making): boolean {
  if (untold.test(name)) return false
  if (!making.isDone && results.test(name)) return false
  if (name === "audio" && "tool_calls" in properties) return false
  return !(/^(b64_json|image_base64)$/.test(name) && "url" in properties)
}

function listOf(source: Record<string, unknown>, making: Making, name: string, depth: number) {
  if (name === "embedding") {
    const vector = [0.5, -0.25, making.marks.vectors.length + 0.125]
    making.marks.vectors.push(vector)
    return vector
  }
  if (/annotations|tool_calls|logprobs/.test(name)) return []
  return [answerOf(source.items, making, name, depth + 1)]
}

function wordOf(name: string, values: unknown[], making: Making): unknown {
  const wanted = /^(status|state)$/.test(name)
    ? making.isDone
      ? ["completed", "succeeded", "done"]
      : ["queued", "waiting", "generating", "processing"]
    : ["stop", "end_turn", "assistant"]
  return wanted.find((word) => values.includes(word))
}

function numberOf(name: string, source: Record<string, unknown>, type: string): number {
  if (/^(prompt|input)_tokens$/.test(name)) return tokens.input
  if (/^(completion|output)_tokens$/.test(name)) return tokens.output
  if (name === "total_tokens") return tokens.input + tokens.output
  if (name === "usd_spent") return meta.usage.usd_spent
  if (name === "credits_used") return meta.usage.credits_used
  if (/reasoning_tokens|cached_tokens|index$/.test(name)) return 0
  const minimum = typeof source.minimum === "number" ? source.minimum : 0
  return type === "integer" ? Math.ceil(Math.max(1, minimum)) : Math.max(0.5, minimum)
}

const spoken = /^(content|text|markdown|transcript|output_text|value)$/

function textOf(source: Record<string, unknown>, making: Making, name: string): string {
  const { marks } = making
  if (/^(status|state)$/.test(name)) return making.isDone ? "completed" : "queued"
  if (/b64_json|base64/.test(name)) return bytesOf(marks, "base64")
  if (isAddress(source, name)) {
    const url = `${making.root}/media/${marks.urls.length}.${making.ext}`
    marks.urls.push(url)
    return url
  }
  if (spoken.test(name)) {
    const text = `Conformance text ${marks.texts.length + 1}.`
    marks.texts.push(text)
    return text
  }
  if (/^created|_at$|date/.test(name)) return "2026-01-01T00:00:00Z"
  return /(^|_)id$/.test(name) ? `conformance/1:${name}` : "conformance"
}

function isAddress(source: Record<string, unknown>, name: string): boolean {
  return (
    source.format === "uri" ||
    /(^|_)(url|uri)$/.test(name) ||
    (name === "audio" && source.type === "string")
  )
}

/** Marked bytes in the encoding of the answer. */
export function bytesOf(marks: Marks, coding: "base64" | "hex"): string {
  const bytes = Buffer.from(`conformance bytes number ${marks.bytes.length}`)
  marks.bytes.push(bytes.toString("base64"))
  return bytes.toString(coding)
}
