import { z } from "zod"
import { type Exchange, Refusal, type Route } from "./exchange"
import { prefixOf } from "./key-prefix"
import { type LedgerEntry, usdOf } from "./ledger"
import { perSimulator } from "./per-simulator"
import { readQuery } from "./query"
import { token } from "./random"
import { isWithin, timeZoneOf, type Window, windowOf } from "./windows"

const readsPerMinute = 200

/** The requests a usage query is about: those of one key within a window. */
interface Report {
  query: Record<string, unknown>
  askedPrefix: string | null
  window: Window
  entries: LedgerEntry[]
}

/** The key a query is about, which is the one that asks. */
function prefixFor(exchange: Exchange, asked: string | undefined): string {
  const own = prefixOf(exchange.bearer)
  if (asked === undefined || asked === own) return own
  throw new Refusal(403, "Reading another key needs a management key")
}

const keySchema = z.object({ key_prefix: z.string().optional() })

function report(exchange: Exchange, path: string): Report {
  exchange.requireKey()
  const query = readQuery(exchange, path)
  const window = windowOf(query)
  const { key_prefix: asked } = keySchema.parse(query)
  const prefix = prefixFor(exchange, asked)
  const entries = exchange.simulator.ledger.entries.filter(
    (entry) => entry.keyPrefix === prefix && isWithin(window, entry.at),
  )
  return { query, askedPrefix: asked ?? null, window, entries }
}

const isCharged = (entry: LedgerEntry) => entry.credits > 0

function spendOf(entries: readonly LedgerEntry[]): number {
  return usdOf(entries.reduce((sum, entry) => sum + entry.credits, 0))
}

/** The total. Requests that cost nothing do not count here. */
function totals({ askedPrefix, window, entries }: Report): object {
  return {
    api_key_prefix: askedPrefix,
    start: window.start.toISOString(),
    end: window.end.toISOString(),
    spend: spendOf(entries),
    currency: "USD",
    requests: entries.filter(isCharged).length,
  }
}

function tokensOf(entries: readonly LedgerEntry[]): object {
  const input = entries.reduce((sum, { tokens }) => sum + tokens.input, 0)
  const output = entries.reduce((sum, { tokens }) => sum + tokens.output, 0)
  return { input, output, total: input + output }
}

/** The entries by model, the one that cost most first. */
function byModel(entries: readonly LedgerEntry[]): [string, LedgerEntry[]][] {
  const models = Map.groupBy(entries, ({ model }) => model)
  return [...models].toSorted(([, left], [, right]) => spendOf(right) - spendOf(left))
}

function group(name: { day?: string; model?: string }, entries: readonly LedgerEntry[]): object {
  const succeeded = entries.filter(({ status }) => status === "succeeded").length
  return {
    ...name,
    spend: spendOf(entries),
    tokens: tokensOf(entries),
    requests: {
      total: entries.length,
      charged: entries.filter(isCharged).length,
      succeeded,
      failed: entries.length - succeeded,
    },
  }
}

function groups(entries: LedgerEntry[], by: string, timeZone: string): object[] {
  if (by === "model") return byModel(entries).map(([model, own]) => group({ model }, own))
  // The Swedish way to write a date is the ISO one.
  const { format } = new Intl.DateTimeFormat("sv-SE", { timeZone })
  return [...Map.groupBy(entries, ({ at }) => format(at))].flatMap(([day, own]) =>
    by === "day"
      ? [group({ day }, own)]
      : byModel(own).map(([model, ofModel]) => group({ day, model }, ofModel)),
  )
}

const detailSchema = z.object({
  group_by: z.string().optional(),
  tz: z.string().default("UTC").transform(timeZoneOf),
})

function sendDetail(exchange: Exchange): void {
  const found = report(exchange, "/v2/usage/detail")
  const { group_by, tz } = detailSchema.parse(found.query)
  const models = byModel(found.entries.filter(isCharged))
  exchange.sendJson(200, {
    ...totals(found),
    models: models.map(([model, own]) => ({ model, spend: spendOf(own), requests: own.length })),
    ...(group_by !== undefined && { groups: groups(found.entries, group_by, tz) }),
  })
}

const logsSchema = z.object({
  model: z.array(z.string()).optional(),
  status: z.array(z.string()).optional(),
  limit: z.int().default(50),
  offset: z.int().default(0),
})

function logLine(entry: LedgerEntry): object {
  return {
    created: entry.at.toISOString(),
    status: entry.status,
    origin: "api",
    model: entry.model,
    cost: { usd: usdOf(entry.credits), credits: entry.credits },
    tokens: tokensOf([entry]),
    request_id: token(`request ${entry.inferenceId}`, 21),
    inference_id: entry.inferenceId,
    client_request_id: entry.clientRequestId ?? null,
  }
}

const logReads = perSimulator(() => new Map<string, number[]>())

/** Counts a look into the logs. They may be read so many times a minute and no more. */
function countRead({ bearer, simulator }: Exchange): void {
  const reads = logReads(simulator)
  const now = Date.now()
  const recent = (reads.get(prefixOf(bearer)) ?? []).filter((at) => at > now - 60_000)
  reads.set(prefixOf(bearer), [...recent, now])
  if (recent.length >= readsPerMinute) throw new Refusal(429)
}

/** One line for each request, the newest first, those that failed among them. */
function sendLogs(exchange: Exchange): void {
  const { query, entries } = report(exchange, "/v2/logs")
  countRead(exchange)
  const { model: models, status: statuses, limit, offset } = logsSchema.parse(query)
  const { catalogue } = exchange.simulator
  const isNamed = ({ model }: LedgerEntry) =>
    !models || [model, ...(catalogue.find(model)?.aliases ?? [])].some((id) => models.includes(id))
  const matching = entries
    .filter((entry) => isNamed(entry) && (!statuses || statuses.includes(entry.status)))
    .toReversed()
  const page = matching.slice(offset, offset + limit)
  exchange.sendJson(200, {
    data: page.map(logLine),
    pagination: {
      limit,
      offset,
      total: matching.length,
      has_more: offset + page.length < matching.length,
    },
  })
}

/** Where the money went, in total, in parts and request by request. */
export const usageRoutes: Route[] = [
  {
    method: "GET",
    path: /^\/v2\/usage$/,
    handle: (exchange) => exchange.sendJson(200, totals(report(exchange, "/v2/usage"))),
  },
  { method: "GET", path: /^\/v2\/usage\/detail$/, handle: sendDetail },
  { method: "GET", path: /^\/v2\/logs$/, handle: sendLogs },
]
