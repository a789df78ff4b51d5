import type { z } from "zod"
import { refuseBody } from "./accept"
import { type Exchange, Refusal } from "./exchange"

function typeName(value: unknown): string {
  if (value === null) return "null"
  return Array.isArray(value) ? "array" : typeof value
}

/** One fault of a body as the upstream words it. */
function sentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "Required"
      return `Expected ${issue.expected === "record" ? "object" : issue.expected}, received ${typeName(issue.input)}`
    case "invalid_value": {
      if (issue.input === undefined) return "Required"
      const values = issue.values.map((value) => `'${String(value)}'`).join(" | ")
      return `Invalid enum value. Expected ${values}, received '${String(issue.input)}'`
    }
    case "too_small":
    case "too_big": {
      const isSmall = issue.code === "too_small"
      const limit = isSmall ? issue.minimum : issue.maximum
      const bound = isSmall ? "at least" : "at most"
      if (issue.origin === "array") return `Array must contain ${bound} ${limit} element(s)`
      if (issue.origin === "string") return `String must contain ${bound} ${limit} character(s)`
      return `Number must be ${isSmall ? "greater" : "less"} than or equal to ${limit}`
    }
    default:
      return issue.input === undefined ? "Required" : "Invalid input"
  }
}

type Reading<Schema extends z.ZodType> =
  | { data: z.infer<Schema>; errors?: undefined }
  | { errors: { path: string; message: string }[] }

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): Reading<Schema> {
  const parsed = schema.safeParse(value, { error: sentence })
  if (parsed.success) return { data: parsed.data }
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }))
  return { errors }
}

/** A request without a body is one with nothing in it, as clients send where all is optional. */
async function bodyOf(exchange: Exchange): Promise<unknown> {
  const { "content-length": length, "transfer-encoding": encoding } = exchange.request.headers
  const isEmpty = encoding === undefined && (length === undefined || length === "0")
  return isEmpty ? {} : await exchange.readBody()
}

/** The body of a route that has no published schema of its own, or a refusal in the usual words. */
export async function parseBody<Schema extends z.ZodType>(
  exchange: Exchange,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const reading = read(schema, await bodyOf(exchange))
  refuseBody(exchange, reading.errors ?? [])
  if (reading.errors) throw new Refusal(400)
  return reading.data
}

/** The query of such a route. */
export function parseQuery<Schema extends z.ZodType>(
  { url }: Exchange,
  schema: Schema,
): z.infer<Schema> {
  const reading = read(schema, Object.fromEntries(url.searchParams))
  if (!reading.errors) return reading.data
  const sentences = new Set(reading.errors.map(({ message }) => message))
  throw new Refusal(400, ["Query validation error!", ...sentences].join("\n"))
}
