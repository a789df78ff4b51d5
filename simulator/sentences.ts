import type { ErrorObject } from "ajv"
import { z } from "zod"

const quoted = (values: unknown[]) => values.map((value) => `'${value}'`).join(" | ")

function typeName(value: unknown): string {
  if (value === undefined) return "undefined"
  if (value === null) return "null"
  return Array.isArray(value) ? "array" : typeof value
}

const branchSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ enum: z.array(z.unknown()).optional() })),
})

/** The member by whose value the branches of a union differ, with the values of each branch. */
function discriminator(branches: unknown): { key: string; values: unknown[][] } | undefined {
  const parsed = z.array(branchSchema).min(2).safeParse(branches)
  if (!parsed.success) return undefined
  const key = ["role", "type"].find((name) =>
    parsed.data.every((branch) => branch.properties[name]?.enum),
  )
  if (!key) return undefined
  return { key, values: parsed.data.map((branch) => branch.properties[key]?.enum ?? []) }
}

/** One error in the words of zod 3, which is what the upstream validates with. */
function sentence(error: ErrorObject): string {
  const { keyword, params, data } = error
  if (keyword === "required") return "Required"
  if (keyword === "enum") {
    const allowed = z.array(z.unknown()).catch([]).parse(params.allowedValues)
    return `Invalid enum value. Expected ${quoted(allowed)}, received '${data}'`
  }
  if (keyword === "type") {
    const [expected] = [params.type].flat()
    return `Expected ${expected}, received ${typeName(data)}`
  }
  if (keyword === "minimum") return `Number must be greater than or equal to ${params.limit}`
  if (keyword === "maximum") return `Number must be less than or equal to ${params.limit}`
  if (keyword === "minLength") return `String must contain at least ${params.limit} character(s)`
  if (keyword === "maxLength") return `String must contain at most ${params.limit} character(s)`
  if (keyword === "minItems") return `Array must contain at least ${params.limit} element(s)`
  if (keyword === "maxItems") return `Array must contain at most ${params.limit} element(s)`
  if (keyword === "format") return `Invalid ${params.format === "uri" ? "url" : params.format}`
  if (keyword === "additionalProperties") {
    return `Unrecognized key(s) in object: '${params.additionalProperty}'`
  }
  return "Invalid input"
}

function pathOf(error: ErrorObject): string {
  const missing = error.keyword === "required" ? `/${error.params.missingProperty}` : ""
  return `${error.instancePath}${missing}`.slice(1).replaceAll("/", ".")
}

/** Ajv's errors as the sentences a person reads, a union told as one sentence, not per branch. */
export function sentences(errors: readonly ErrorObject[]): { path: string; message: string }[] {
  const unions = errors.filter((error) => error.keyword === "anyOf")
  const told: ErrorObject[] = []
  const messages: { path: string; message: string }[] = []
  const isInside = (error: ErrorObject, union: ErrorObject) =>
    error !== union &&
    error.schemaPath.startsWith(`${union.schemaPath}/`) &&
    error.instancePath.startsWith(union.instancePath)
  // The outermost union first: its verdict decides which inner errors are worth telling.
  const outerFirst = unions.toSorted(
    (left, right) => left.schemaPath.length - right.schemaPath.length,
  )
  for (const union of outerFirst) {
    if (told.includes(union)) continue
    const inner = errors.filter((error) => isInside(error, union))
    const by = discriminator(union.schema)
    const value = by && z.record(z.string(), z.unknown()).catch({}).parse(union.data)[by.key]
    const branch = by?.values.findIndex((values) => values.includes(value)) ?? -1
    told.push(union)
    if (branch >= 0) {
      told.push(
        ...inner.filter((error) => !error.schemaPath.startsWith(`${union.schemaPath}/${branch}/`)),
      )
      continue
    }
    told.push(...inner)
    const message = by
      ? `Invalid discriminator value. Expected ${quoted(by.values.flat())}`
      : "Invalid input"
    messages.push({ path: pathOf(union), message })
  }
  const plain = errors
    .filter((error) => !told.includes(error))
    .map((error) => ({ path: pathOf(error), message: sentence(error) }))
  return [...plain, ...messages]
}
