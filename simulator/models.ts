import { createHash } from "node:crypto"
import { withBrokenEntries } from "./broken"
import type { Catalogue, Model } from "./catalogue"
import { type Exchange, Refusal, type Route } from "./exchange"
import { chance, series } from "./random"
import { withSearchAbility } from "./web-search"

const sections = ["pricing", "modalities", "capabilities"] as const

/** The values of a query parameter, given comma-separated or repeated. */
function values(query: URLSearchParams, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((value) => value.split(","))
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== "")
}

function item(model: Model, included: string[], baseUrl: string): object {
  const { id, type, aliases, tags, info } = model
  const query = `model=${encodeURIComponent(id)}&endpoint=${encodeURIComponent(type)}`
  return {
    id,
    type,
    aliases,
    tags,
    info: { ...info, url: "", docsUrl: "", docsJson: `${baseUrl}/docs-json?${query}` },
    ...Object.fromEntries(
      sections.filter((name) => included.includes(name)).map((name) => [name, model[name]]),
    ),
  }
}

const everySection = [...sections]

function includedSections({ pathname, searchParams: query }: URL): string[] {
  const wanted = values(query, "include")
  const isAll =
    wanted.includes("all") ||
    ["true", "1"].includes(query.get("details") ?? "") ||
    pathname.endsWith("/with-details")
  return isAll ? everySection : wanted
}

const filters: Record<string, (model: Model) => string[]> = {
  id: (model) => [model.id, ...model.aliases],
  type: (model) => [model.type],
  tags: (model) => model.tags,
  modalities: (model) => [...model.modalities.input, ...model.modalities.output],
  input_modalities: (model) => model.modalities.input,
  output_modalities: (model) => model.modalities.output,
  capabilities: (model) => model.capabilities,
}

function matching(catalogue: Catalogue, query: URLSearchParams): Model[] {
  return Object.entries(filters).reduce(
    (models, [name, read]) => {
      const wanted = values(query, name)
      if (wanted.length === 0) return models
      return models.filter((model) =>
        read(model).some((value) => wanted.includes(value.toLowerCase())),
      )
    },
    catalogue.list().map((model) => withSearchAbility(catalogue, model)),
  )
}

/** Refuses everything for as long as the catalogue plays dead. */
function requirePresence({ simulator }: Exchange): void {
  if (simulator.trouble.current.isAway) throw new Refusal(503)
}

function sendList(exchange: Exchange): void {
  requirePresence(exchange)
  const { catalogue, trouble } = exchange.simulator
  const included = includedSections(exchange.url)
  const sound = matching(catalogue, exchange.url.searchParams).map((model) =>
    item(model, included, exchange.baseUrl),
  )
  const data = trouble.current.brokenEntries ? withBrokenEntries(sound) : sound
  const body = { object: "list", data }
  const etag = `W/"${createHash("sha1").update(JSON.stringify(body)).digest("base64url")}"`
  const known = (exchange.request.headers["if-none-match"] ?? "").split(",")
  if (known.some((entry) => entry.trim() === etag)) {
    exchange.entry.status = 304
    exchange.response.writeHead(304, { etag }).end()
    return
  }
  exchange.sendJson(200, body, { etag })
}

function percentiles(next: () => number, middle: number): object {
  return {
    p50: Math.round(middle),
    p75: Math.round(middle * (1.1 + next() * 0.3)),
    p90: Math.round(middle * (1.5 + next() * 0.8)),
    p99: Math.round(middle * (2.4 + next() * 3)),
  }
}

function metrics(model: Model): object {
  const next = series(`metrics ${model.id}`)
  const isText = model.modalities.output.includes("text")
  return {
    alias: model.id,
    endpoint: model.type,
    metrics: {
      ...(isText && {
        ttft_ms: percentiles(next, 180 + next() * 900),
        // The vendor's percentiles grow here too, although a higher number is the better one.
        tps: percentiles(next, 30 + next() * 150),
      }),
      duration_ms: percentiles(next, isText ? 1_500 + next() * 6_000 : 4_000 + next() * 60_000),
    },
  }
}

function sendMetrics(exchange: Exchange): void {
  requirePresence(exchange)
  const names = values(exchange.url.searchParams, "aliases")
  const { catalogue } = exchange.simulator
  const asked = names.length
    ? names.flatMap((name) => catalogue.find(name) ?? [])
    : catalogue.list()
  exchange.sendJson(200, {
    window_seconds: 300,
    generated_at: new Date().toISOString(),
    // A model nobody called within the window is absent.
    models: asked.filter((model) => !chance(`idle ${model.id}`, 0.12)).map(metrics),
  })
}

/** A model id from a path, where slashes stand raw and the rest may be encoded. */
export function decodedName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function sendModel(exchange: Exchange, name: string): void {
  requirePresence(exchange)
  const { catalogue } = exchange.simulator
  const model = catalogue.find(name)
  if (!model && catalogue.isRetired(name)) throw new Refusal(404, `Model ${name} is deprecated`)
  if (!model) throw new Refusal(404, `Model ${name} not found`)
  const listed = withSearchAbility(catalogue, model)
  exchange.sendJson(200, { object: "model", data: item(listed, everySection, exchange.baseUrl) })
}

/** The catalogue, which is public. */
export const modelRoutes: Route[] = [
  { method: "GET", path: /^\/(?:v1\/|api\/v1\/)?models(?:\/with-details)?$/, handle: sendList },
  { method: "GET", path: /^\/models\/metrics$/, handle: sendMetrics },
  {
    method: "GET",
    path: /^\/model\/(.+)$/,
    handle: (exchange, [name = ""]) => sendModel(exchange, decodedName(name)),
  },
]
