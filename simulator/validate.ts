import { isIP } from "node:net"
import { Ajv, type ValidateFunction } from "ajv"
import addFormats from "ajv-formats"
import { normalizeDocument } from "./normalize"
import { sentences } from "./sentences"
import { type Operation, schemaOf } from "./specs"

let ajv: Ajv | undefined

/** A validator for a vendor schema. */
export function compile(schema: Record<string, unknown>): ValidateFunction {
  if (!ajv) {
    ajv = new Ajv({
      strict: false,
      logger: false,
      allErrors: true,
      verbose: true,
      unicodeRegExp: false,
      // Most of these are asked a few times only: to improve their code takes longer than it saves.
      code: { optimize: false },
    })
    // The thorough patterns backtrack for seconds on a data address of some megabytes.
    addFormats.default(ajv, { mode: "fast" })
    ajv.addFormat("ip", (text) => isIP(text) !== 0)
  }
  return ajv.compile(normalizeDocument(schema))
}

const validators = new Map<string | Operation, ValidateFunction>()

/** What is wrong with a request body by the vendor's own schema; empty when all is well. */
export function validate(operation: Operation, body: unknown): { path: string; message: string }[] {
  const schema = schemaOf(operation)
  if (!schema) return []
  const key = operation.requestSchema ? operation : `${operation.kind} ${operation.request}`
  const validator = validators.get(key) ?? compile(schema)
  validators.set(key, validator)
  return validator(body) ? [] : sentences(validator.errors ?? [])
}
