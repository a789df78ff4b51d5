import type { ValidateFunction } from "ajv"
import { z } from "zod"
import { type Exchange, Refusal } from "./exchange"
import { sentences } from "./sentences"
import { loadOperations } from "./specs"
import { compile } from "./validate"

const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  schema: z.looseObject({ type: z.string().optional() }),
})
type Parameter = z.infer<typeof parameterSchema>

/** Parameters that may be repeated; a comma in them is part of the value. */
const repeatable: Record<string, { maxItems?: number }> = { model: { maxItems: 50 }, status: {} }

const known = new Map<string, { parameters: Parameter[]; validator: ValidateFunction }>()

function documented(path: string): { parameters: Parameter[]; validator: ValidateFunction } {
  const found = known.get(path)
  if (found) return found
  const operation = loadOperations("service").find(
    (entry) => entry.method === "GET" && entry.path === path,
  )
  const parameters = z
    .array(parameterSchema)
    .parse(operation?.parameters ?? [])
    .filter((parameter) => parameter.in === "query")
  const properties = Object.fromEntries(
    parameters.map(({ name, schema }) => [
      name,
      repeatable[name] ? { type: "array", items: schema, ...repeatable[name] } : schema,
    ]),
  )
  const validator = compile({ type: "object", properties, additionalProperties: false })
  const made = { parameters, validator }
  known.set(path, made)
  return made
}

/** Refuses a query with what is wrong with it, in the vendor's words. */
export function refuseQuery(...messages: string[]): never {
  throw new Refusal(400, ["Query validation error!", ...new Set(messages)].join("\n"))
}

/** The query of a request, checked against what is documented for the path. */
export function readQuery({ url }: Exchange, path: string): Record<string, unknown> {
  const { parameters, validator } = documented(path)
  const query = Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => {
      const values = url.searchParams.getAll(name)
      const { type } = parameters.find((parameter) => parameter.name === name)?.schema ?? {}
      if (repeatable[name] || values.length > 1) return [name, values]
      const [text = ""] = values
      return [name, type === "integer" ? Number(text.trim() || Number.NaN) : text]
    }),
  )
  const isValid: boolean = validator(query)
  if (!isValid) {
    refuseQuery(...sentences(validator.errors ?? []).map(({ message }) => message))
  }
  return query
}
