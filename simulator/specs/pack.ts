// Makes the `*.ndjson.br` files of this folder: npx tsx simulator/specs/pack.ts <folder of *.ndjson>
// The input holds one operation per line with its schemas in place. Only facts are kept, prose is
// dropped, and equal schemas are stored once: first lines are schemas, later lines operations that
// name schemas by their line number.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"
import { z } from "zod"

const operationSchema = z.object({
  source: z.string(),
  method: z.string(),
  path: z.string(),
  contentType: z.string().nullable(),
  models: z.array(z.string()),
  request: z.unknown(),
  parameters: z.array(z.unknown()),
  responses: z.record(
    z.string(),
    z.object({ contentType: z.string().nullable(), schema: z.unknown() }),
  ),
})

const prose = new Set(["description", "title", "example", "examples", "summary", "externalDocs"])

function withoutProse(value: unknown, isNameMap = false): unknown {
  if (Array.isArray(value)) return value.map((entry) => withoutProse(entry))
  if (typeof value !== "object" || value === null) return value
  const kept = Object.entries(value).filter(
    ([key]) => isNameMap || !(prose.has(key) || key.startsWith("x-")),
  )
  return Object.fromEntries(
    kept.map(([key, entry]) => [
      key,
      ["enum", "default", "required"].includes(key) && !isNameMap
        ? entry
        : withoutProse(entry, !isNameMap && key === "properties"),
    ]),
  )
}

const modelEnumSchema = z.looseObject({
  properties: z.looseObject({ model: z.looseObject({ enum: z.array(z.string()) }) }),
})

/** The enum of model ids is stored with the operation, so that sister models share a schema. */
function withoutModelEnum(schema: unknown): unknown {
  const parsed = modelEnumSchema.safeParse(schema)
  if (!parsed.success) return schema
  const { enum: _ids, ...model } = parsed.data.properties.model
  return { ...parsed.data, properties: { ...parsed.data.properties, model } }
}

function pack(text: string): string {
  const schemas = new Map<string, number>()
  const numberOf = (schema: unknown) => {
    const key = JSON.stringify(withoutProse(schema))
    const known = schemas.get(key) ?? schemas.size
    schemas.set(key, known)
    return known
  }
  const operations = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => operationSchema.parse(JSON.parse(line)))
    .filter((operation) => !operation.source.includes("_BACKUP"))
    .map(({ method, path, contentType, models, request, parameters, responses }) => ({
      method,
      path,
      contentType,
      models,
      request: request === null ? null : numberOf(withoutModelEnum(request)),
      parameters: withoutProse(parameters),
      responses: Object.fromEntries(
        Object.entries(responses).map(([status, response]) => [
          status,
          { contentType: response.contentType, schema: numberOf(response.schema) },
        ]),
      ),
    }))
  return [...schemas.keys(), ...operations.map((operation) => JSON.stringify({ operation }))].join(
    "\n",
  )
}

const folder = process.argv[2]
if (!folder) throw new Error("Give the folder that holds the *.ndjson files as the first argument.")
for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".ndjson"))) {
  const packed = Buffer.from(pack(readFileSync(join(folder, name), "utf8")))
  const compressed = brotliCompressSync(packed, {
    params: {
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: packed.length,
    },
  })
  writeFileSync(join(import.meta.dirname, `${name}.br`), compressed)
  console.log(`${name}: ${packed.length} bytes, compressed ${compressed.length}`)
}
