import { z } from "zod"
import { fits } from "./check"
import { type Resolve, readSchema, type Schema } from "./schema"

/** One operation of the upstream from a model's OpenAPI document. */
export type Operation = {
  method: string
  /** As published, such as `/v1/images/generations`. */
  path: string
  /** Null if the operation takes no body. */
  request: Schema | null
}

const contentsSchema = z.record(
  z.string(),
  z.looseObject({ schema: z.unknown().optional() }).optional(),
)
const operationSchema = z.looseObject({
  requestBody: z
    .looseObject({
      content: contentsSchema.catch({}),
    })
    .optional()
    .catch(undefined),
})
const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
})
const methods = ["get", "post", "put", "patch", "delete"]

/** The operations of an OpenAPI document. Throws a ZodError if it is not one. */
export function readOperations(document: unknown): Operation[] {
  const { paths } = documentSchema.parse(document)
  const resolve = resolver(document)
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const parsed = operationSchema.safeParse(item[method])
      if (!parsed.success) return []
      const content = parsed.data.requestBody?.content ?? {}
      const body = content["application/json"] ?? Object.values(content)[0]
      const request = body ? corrected(readSchema(body.schema, resolve)) : null
      return [{ method: method.toUpperCase(), path, request }]
    }),
  )
}

function resolver(document: unknown): Resolve {
  return (reference) => {
    const steps = reference.replace(/^#\//, "").split("/")
    return steps.reduce<unknown>((found, step) => {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~")
      return z.record(z.string(), z.unknown()).catch({}).parse(found)[name]
    }, document)
  }
}

const aTool = { name: "tool", input_schema: { type: "object" } }

/**
 * Some documents swap the schemas of `tools` and `tool_choice`. Each is moved to its place, and every list of tools
 * gets tool items.
 */
function corrected(schema: Schema): Schema {
  const { tools, tool_choice: choice } = schema.properties
  const isSwapped = tools?.items && choice && fits(choice, aTool) && !fits(tools, [aTool])
  if (!isSwapped || !tools.items) return schema
  const list: Schema = { ...tools, items: choice }
  return { ...schema, properties: { ...schema.properties, tools: list, tool_choice: tools.items } }
}
