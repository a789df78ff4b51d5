import { expect } from "@playwright/test"
import { z } from "zod"
import { loadOperations, responseSchemaOf, type VendorSchema } from "./specs"
import { compile } from "./validate"

const misplacedSchema = z.looseObject({
  properties: z.looseObject({
    autotopup_settings: z.looseObject({ required: z.array(z.string()) }),
  }),
})

/** In one document the list of required members stands a level too deep. */
function withRequiredInPlace(schema: VendorSchema): VendorSchema {
  const parsed = misplacedSchema.safeParse(schema)
  if (!parsed.success) return schema
  const { required, ...settings } = parsed.data.properties.autotopup_settings
  const properties = { ...parsed.data.properties, autotopup_settings: settings }
  return { ...parsed.data, required, properties }
}

/** Expects an answer of a service route to be as the vendor documents it. */
export function expectDocumented(method: string, path: string, body: unknown): void {
  const operation = loadOperations("service").find(
    (entry) => entry.method === method && entry.path === path,
  )
  const schema = operation && responseSchemaOf(operation)
  const validator = compile(withRequiredInPlace(schema ?? { not: {} }))
  validator(body)
  expect(validator.errors ?? [], `${method} ${path}`).toEqual([])
}
