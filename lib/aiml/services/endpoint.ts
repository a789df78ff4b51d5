import type { z } from "zod"
import { AppError } from "../../base/errors"
import { type CallContext, type Sending, send, type Upstream } from "../http/upstream"
import type { Value } from "../schema/check"

/** An endpoint other than a model call: path with `{names}`, query and response parser. */
export type Endpoint<Answer> = {
  method: Sending["method"]
  path: string
  query: readonly string[]
  read: (text: string) => Answer
}

export type Asked = CallContext & {
  path?: Record<string, string>
  query?: Record<string, string | number | readonly string[] | undefined>
  body?: Record<string, Value>
}

/** An endpoint with a JSON response, parsed by a lenient schema. */
export function jsonEndpoint<Schema extends z.ZodType>(
  method: Endpoint<unknown>["method"],
  path: string,
  schema: Schema,
  query: readonly string[] = [],
): Endpoint<z.infer<Schema>> {
  return { method, path, query, read: (text) => readJson(text, schema) }
}

/** Calls an endpoint. Throws AppError; an invalid response is `model_garbled`. */
export async function ask<Answer>(
  upstream: Upstream,
  endpoint: Endpoint<Answer>,
  { path = {}, query = {}, body, ...context }: Asked,
): Promise<Answer> {
  const address = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ""),
  )
  const search = searchOf(endpoint, query)
  const response = await send(upstream, {
    method: endpoint.method,
    path: search === "" ? address : `${address}?${search}`,
    ...(body && { body }),
    ...context,
  })
  return endpoint.read(await response.text())
}

// Unknown parameters are rejected by some endpoints and ignored by others, so only known ones are sent.
function searchOf(endpoint: Endpoint<unknown>, query: NonNullable<Asked["query"]>): string {
  const search = new URLSearchParams()
  for (const name of endpoint.query) {
    for (const value of [query[name] ?? []].flat()) search.append(name, String(value))
  }
  return search.toString()
}

function readJson<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new AppError("model_garbled", { cause: String(error).slice(0, 200) })
  }
}
