import { expect, test } from "@playwright/test"
import { toField } from "./form"
import { readSchema } from "./schema"

test("a default that is written as text counts as the number it is; another one that does not fit is none", () => {
  const field = (schema: object) => toField("duration", readSchema(schema), false)
  expect(field({ type: "integer", enum: [4, 8], default: "8" }).default).toBe(8)
  expect(field({ type: "number", default: "0.5" }).default).toBe(0.5)
  expect(field({ type: "string", default: "8" }).default).toBe("8")
  expect(field({ type: "integer", enum: [4, 8], default: "5" }).default).toBeUndefined()
  expect(field({ type: "integer", default: "long" }).default).toBeUndefined()
})
