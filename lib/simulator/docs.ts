import { kindsOf, type Model } from "./catalogue"
import { type Exchange, Refusal, type Route } from "./exchange"
import { type Operation, responseSchemaOf, schemaOf } from "./specs"

/** The request schema as published: with the ids it is for, and with its faults. */
function requestSchema(operation: Operation): object {
  const schema = schemaOf(operation) ?? {}
  const properties = { ...(schema.properties ?? {}) }
  return {
    ...schema,
    properties: { ...properties, model: { type: "string", enum: operation.models } },
  }
}

function documented(operation: Operation): object {
  const [status = "200"] = Object.keys(operation.responses)
  return {
    parameters: operation.parameters,
    ...(operation.request !== null && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: requestSchema(operation) } },
      },
    }),
    responses: {
      [status]: { content: { "application/json": { schema: responseSchemaOf(operation) ?? {} } } },
    },
  }
}

/** The OpenAPI document of one model, or nothing where the vendor publishes none. */
function documentOf(
  { baseUrl, simulator: { catalogue } }: Exchange,
  model: Model,
  endpoint: string,
): object | undefined {
  for (const kind of kindsOf(endpoint)) {
    const operation = catalogue.ownOperation(kind, model)
    if (!operation) continue
    const polls = catalogue
      .operations(kind)
      .filter(
        (other) =>
          other.method === "GET" && other.models.length === 0 && other.path.startsWith("/v"),
      )
    const paths: Record<string, Record<string, object>> = {}
    for (const entry of [operation, ...polls]) {
      paths[entry.path] ??= {}
      const methods = paths[entry.path]
      if (methods) methods[entry.method.toLowerCase()] ??= documented(entry)
    }
    return {
      openapi: "3.0.0",
      info: { title: "AIML API", version: "1.0.0" },
      servers: [{ url: baseUrl }],
      paths,
    }
  }
  return undefined
}

function sendDocument(exchange: Exchange): void {
  const name = exchange.url.searchParams.get("model") ?? ""
  const model = exchange.simulator.catalogue.find(name)
  const endpoint = exchange.url.searchParams.get("endpoint") || model?.type
  const document = model && endpoint && documentOf(exchange, model, endpoint)
  if (!document) throw new Refusal(404, `No documentation found for model ${name}`)
  exchange.sendJson(200, document)
}

export const docsRoutes: Route[] = [{ method: "GET", path: /^\/docs-json$/, handle: sendDocument }]
