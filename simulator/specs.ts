import { readFileSync } from "node:fs"
import { join } from "node:path"
import { brotliDecompressSync } from "node:zlib"
import { z } from "zod"

/** A JSON schema as the vendor publishes it, faults included. */
export type VendorSchema = Record<string, unknown>

const operationSchema = z.object({
  method: z.string(),
  path: z.string(),
  contentType: z.string().nullable(),
  models: z.array(z.string()),
  request: z.number().nullable(),
  parameters: z.array(z.unknown()),
  responses: z.record(
    z.string(),
    z.object({ contentType: z.string().nullable(), schema: z.number() }),
  ),
})

/**
 * One documented operation. Schemas are numbers into the list of its kind, see `schemaOf`; an operation
 * that was added while running carries its own.
 */
export type Operation = z.infer<typeof operationSchema> & {
  kind: string
  requestSchema?: VendorSchema
  responseSchema?: VendorSchema
}

interface Packed {
  schemas: string[]
  operations: Operation[]
}

const packedByKind = new Map<string, Packed>()

function load(kind: string): Packed {
  const known = packedByKind.get(kind)
  if (known) return known
  const file = join(import.meta.dirname, "specs", `${kind}.ndjson.br`)
  const lines = brotliDecompressSync(readFileSync(file)).toString("utf8").split("\n")
  const first = lines.findIndex((line) => line.startsWith('{"operation"'))
  const operations = lines.slice(first).map((line) => ({
    ...z.object({ operation: operationSchema }).parse(JSON.parse(line)).operation,
    kind,
  }))
  const packed = { schemas: lines.slice(0, first), operations }
  packedByKind.set(kind, packed)
  return packed
}

/** All operations of one kind of service: `chat`, `image`, `video` and so on. */
export function loadOperations(kind: string): Operation[] {
  return load(kind).operations
}

function parseSchema(kind: string, number: number): VendorSchema {
  const parsed = z
    .record(z.string(), z.unknown())
    .safeParse(JSON.parse(load(kind).schemas[number] ?? "{}"))
  return parsed.success ? parsed.data : {}
}

/** The request schema of an operation, without the list of model ids. */
export function schemaOf(operation: Operation): VendorSchema | undefined {
  if (operation.requestSchema) return operation.requestSchema
  return operation.request === null ? undefined : parseSchema(operation.kind, operation.request)
}

/** The schema of an operation's success answer. */
export function responseSchemaOf(operation: Operation): VendorSchema | undefined {
  if (operation.responseSchema) return operation.responseSchema
  const success = Object.entries(operation.responses).find(([status]) => /^2|default/.test(status))
  return success ? parseSchema(operation.kind, success[1].schema) : undefined
}

/**
 * The operation that describes a model. Many have several: those with the version in the path, and
 * among them those that promise 200 rather than 201, are the newer.
 */
export function findOperation(kind: string, ids: readonly string[]): Operation | undefined {
  const own = loadOperations(kind).filter((operation) =>
    operation.models.some((id) => ids.includes(id)),
  )
  const versioned = own.filter((operation) => operation.path.startsWith("/v"))
  return versioned.find((operation) => "200" in operation.responses) ?? versioned[0] ?? own[0]
}

/** The request schema most operations of a kind share: the plainest guess for an unknown model. */
export function commonOperation(kind: string): Operation | undefined {
  const operations = loadOperations(kind)
  const uses = new Map<number | null, number>()
  for (const { request } of operations) uses.set(request, (uses.get(request) ?? 0) + 1)
  return operations.toSorted(
    (left, right) => (uses.get(right.request) ?? 0) - (uses.get(left.request) ?? 0),
  )[0]
}
