import { z } from "zod"
import { jsonEndpoint } from "./endpoint"

// API keys of the account. Requires a management key; a new key is returned only once.

const key = z.looseObject({
  prefix: z.string(),
  name: z.string().nullish(),
  disabled: z.boolean().nullish(),
  scopes: z.array(z.string()).nullish(),
  limit: z
    .looseObject({ retention: z.string().nullish(), threshold: z.number().nullish() })
    .nullish(),
  monthly_usage: z.number().nullish(),
})
const one = z.looseObject({ data: key })

export const listKeys = jsonEndpoint("GET", "/v1/keys", z.looseObject({ data: z.array(key) }))
export const lastUsedKey = jsonEndpoint("GET", "/v1/key", one)
export const createKey = jsonEndpoint(
  "POST",
  "/v1/keys",
  z.looseObject({ data: key.extend({ key: z.string().nullish() }) }),
)
export const updateKey = jsonEndpoint("PATCH", "/v1/keys/{prefix}", one)
export const replaceKey = jsonEndpoint("PUT", "/v1/keys/{prefix}", one)
export const removeKey = jsonEndpoint(
  "DELETE",
  "/v1/keys/{prefix}",
  z.looseObject({ data: z.looseObject({ prefix: z.string(), deleted: z.boolean() }) }),
)
