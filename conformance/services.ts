import { tracedFetch } from "../lib/aiml/http/address"
import type { Value } from "../lib/aiml/schema/check"
import { ask } from "../lib/aiml/services/endpoint"
import { endpointAt } from "../lib/aiml/services/services"
import type { Operation } from "./operations"
import type { ConformanceServer, Exchange } from "./server"
import { asSchema, nonDefault } from "./values"

/** Calls an endpoint that is not a model, first without and then with all its parameters. Returns the problems. */
export async function checkService(
  server: ConformanceServer,
  operation: Operation,
): Promise<{ name: string; problems: string[] }[]> {
  const endpoint = endpointAt(operation.method, operation.path)
  if (!endpoint) return [{ name: "smallest", problems: ["no protocol speaks to this address"] }]
  const upstream = { root: server.url, apiKey: "conformance", fetch: tracedFetch(fetch) }
  const results = []
  for (const isFull of [false, true]) {
    const exchange = server.expect({
      operation,
      poll: null,
      isRecorded: false,
      variant: 0,
      model: "",
    })
    const body = bodyOf(operation, isFull)
    const answer = await ask(upstream, endpoint, {
      path: Object.fromEntries(namesIn(endpoint.path).map((name) => [name, "some/id:1"])),
      query: queryOf(operation, isFull),
      ...(body && { body }),
      requestId: "conformance-1",
      abortSignal: AbortSignal.timeout(10_000),
    }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
    const failure = answer instanceof Error ? [`${answer.message} ${String(answer.cause)}`] : []
    const unsent = isFull ? missing(exchange) : []
    const name = isFull ? "every setting" : "smallest"
    results.push({ name, problems: [...exchange.errors, ...failure, ...unsent] })
  }
  return results
}

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])

function bodyOf({ request, method }: Operation, isFull: boolean): Record<string, Value> | null {
  const properties = asSchema(request?.properties)
  if (!request || method === "GET" || Object.keys(properties).length === 0) return null
  const required = Array.isArray(request.required) ? request.required : []
  const names = Object.keys(properties).filter((name) => isFull || required.includes(name))
  const entries = names.flatMap((name) => {
    const value = nonDefault(properties[name], 0)
    // Generated from JSON schemas, so it is JSON.
    return value === undefined ? [] : [[name, value as Value] as const]
  })
  return Object.fromEntries(entries)
}

function queryOf({ parameters }: Operation, isFull: boolean): Record<string, string> {
  const wanted = parameters.filter((entry) => entry.in === "query" && (isFull || entry.required))
  return Object.fromEntries(
    wanted.map(({ name, schema }) => [name, String(nonDefault(schema ?? {}, 0) ?? "1")]),
  )
}

function missing({ bodies, operation }: Exchange): string[] {
  const sent = asSchema(bodies[0])
  const names = Object.keys(bodyOf(operation, true) ?? {})
  return names.filter((name) => !(name in sent)).map((name) => `${name} did not arrive`)
}
