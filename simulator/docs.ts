import { brokenDocument } from "./broken"
import { type Catalogue, kindsOf, type Model } from "./catalogue"
import { type Exchange, Refusal, type Route } from "./exchange"
import { operationKinds } from "./made-up-models"
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

/** The operations of one kind that came with a model added while running. */
function addedOperations(catalogue: Catalogue, kind: string, model: Model): Operation[] {
  return catalogue
    .operations(kind)
    .filter(({ requestSchema, responseSchema }) => requestSchema ?? responseSchema)
    .filter(({ models }) => models.includes(model.id))
}

/** The OpenAPI document of one model, or nothing where the vendor publishes none. */
function documentOf(
  { baseUrl, simulator: { catalogue } }: Exchange,
  model: Model,
  endpoint: string,
): object | undefined {
  const usualKinds = kindsOf(endpoint)
  // A made-up type has no kinds of its own, so whatever its model brought along is looked for.
  for (const kind of usualKinds.length > 0 ? usualKinds : operationKinds) {
    const operation = catalogue.ownOperation(kind, model)
    if (!operation) continue
    const polls = catalogue
      .operations(kind)
      .filter(
        (other) =>
          other.method === "GET" && other.models.length === 0 && other.path.startsWith("/v"),
      )
    const paths: Record<string, Record<string, object>> = {}
    for (const entry of [operation, ...addedOperations(catalogue, kind, model), ...polls]) {
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

/** Which of the ids whose documents are to be broken a name stands for. */
function brokenIndex({ simulator: { trouble } }: Exchange, ids: readonly string[]): number {
  const wanted = ids.map((id) => id.toLowerCase())
  return trouble.current.brokenDocuments.findIndex((id) => wanted.includes(id.toLowerCase()))
}

function sendDocument(exchange: Exchange): void {
  const name = exchange.url.searchParams.get("model") ?? ""
  const { catalogue, trouble } = exchange.simulator
  if (trouble.current.documentsAreAway) throw new Refusal(503)
  const model = catalogue.find(name)
  const broken = brokenIndex(exchange, model ? [model.id, ...model.aliases] : [name])
  if (broken >= 0) {
    const { contentType, body } = brokenDocument(broken)
    exchange.begin(200, contentType)
    exchange.response.end(body)
    return
  }
  const endpoint = exchange.url.searchParams.get("endpoint") || model?.type
  const document = model && endpoint && documentOf(exchange, model, endpoint)
  if (!document) throw new Refusal(404, `No documentation found for model ${name}`)
  exchange.sendJson(200, document)
}

export const docsRoutes: Route[] = [{ method: "GET", path: /^\/docs-json$/, handle: sendDocument }]
