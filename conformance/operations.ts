import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { loadOperations, responseSchemaOf, schemaOf, type VendorSchema } from "../simulator/specs"

const schema = z.record(z.string(), z.unknown())
const lineSchema = z.object({
  source: z.string().default(""),
  method: z.string(),
  path: z.string(),
  contentType: z.string().nullable(),
  models: z.array(z.string()),
  request: schema.nullable(),
  parameters: z.array(z.unknown()).default([]),
  responses: z.record(z.string(), z.object({ schema: schema.nullish() })),
})
const parameterSchema = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional().catch(false),
  schema: schema.optional().catch({}),
})
type Parameter = z.infer<typeof parameterSchema>

/** A documented operation with the vendor's schemas as published. */
export type Operation = {
  kind: string
  source: string
  method: string
  path: string
  models: string[]
  request: VendorSchema | null
  parameters: Parameter[]
  status: number
  response: VendorSchema | null
}

const kinds = [
  ..."chat responses messages moderation image 3d video music speech".split(" "),
  ..."transcription ocr embedding service".split(" "),
]

/** What this product has no use for: its assistants, batches and keys are rows of its own or none. */
const unused = /^(\/v1)?\/(assistants|threads|files|batches|keys?)\b/

/** The operations of a folder of `*.ndjson` files, or the packed copy in the repository, that are used. */
export function readSpecs(folder: string | null): Operation[] {
  const all = folder === null ? kinds.flatMap(readPacked) : readFolder(folder)
  return all.filter(({ path }) => !unused.test(path))
}

function readFolder(folder: string): Operation[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .toSorted()
    .flatMap((name) => {
      const lines = readFileSync(join(folder, name), "utf8").split("\n")
      const kind = name.replace(/\.ndjson$/, "")
      return lines.filter((line) => line.trim() !== "").map((line) => readLine(kind, line))
    })
}

function readLine(kind: string, line: string): Operation {
  const { source, method, path, models, request, parameters, responses } = lineSchema.parse(
    JSON.parse(line),
  )
  const [status, response] = successOf(responses)
  const own = { kind, source, method: method.toUpperCase(), path, models, request, status }
  return { ...own, parameters: readParameters(parameters), response: response?.schema ?? null }
}

function readPacked(kind: string): Operation[] {
  return loadOperations(kind).map((operation) => {
    const { method, path, models, parameters, responses } = operation
    const request = schemaOf(operation) ?? null
    const [status] = successOf(responses)
    const response = responseSchemaOf(operation) ?? null
    return {
      kind,
      source: models[0] ?? path,
      method,
      path,
      models,
      request: request && withModels(request, models),
      parameters: readParameters(parameters),
      status,
      response: response && Object.keys(response).length > 0 ? response : null,
    }
  })
}

// In the packed copy the model ids are stored outside of the schema.
function withModels(request: VendorSchema, models: string[]): VendorSchema {
  const properties = schema.catch({}).parse(request.properties)
  if (!properties.model || models.length === 0) return request
  return { ...request, properties: { ...properties, model: { type: "string", enum: models } } }
}

function successOf<Response>(responses: Record<string, Response>): [number, Response | undefined] {
  const [found] = Object.entries(responses).filter(([status]) => /^(2\d\d|default)$/.test(status))
  return [Number(found?.[0]) || 200, found?.[1]]
}

function readParameters(parameters: unknown[]): Parameter[] {
  return parameters.flatMap((raw) => {
    const parsed = parameterSchema.safeParse(raw)
    return parsed.success ? [parsed.data] : []
  })
}
