import { z } from "zod"
import type { Model, ModelMetrics } from "../../models/model"
import { looseCount, looseList, looseText } from "./loose"

const freshMs = 60_000
const retryMs = 5 * 60_000
const timeoutMs = 10_000

type Row = { endpoint: string | null; metrics: ModelMetrics }
export type MetricsTable = ReadonlyMap<string, readonly Row[]>

export type Metrics = {
  /** The current metrics; empty before the first answer and after a failure. */
  table(): MetricsTable
  /** When they were fetched, in milliseconds; null while there are none. */
  at(): number | null
  /** Refreshes in the background, at most once a minute. */
  renew(): void
}

const nothing: MetricsTable = new Map()

/** The models' live metrics. Optional: never awaited, and failures have no effect. */
export function createMetrics(source: { url: string; fetch: typeof fetch }): Metrics {
  let table = nothing
  let at: number | null = null
  let nextTry = 0

  async function ask(): Promise<void> {
    nextTry = Date.now() + retryMs
    const response = await source.fetch(source.url, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) {
      await response.body?.cancel()
      throw new Error(`the metrics answered ${response.status}`)
    }
    table = parseMetrics(await response.json())
    at = Date.now()
    nextTry = at + freshMs
  }

  return {
    table: () => table,
    at: () => at,
    renew() {
      if (Date.now() < nextTry) return
      // Many servers have no metrics endpoint, so a failure is not logged.
      ask().catch(() => {
        table = nothing
        at = null
      })
    },
  }
}

const middle = z
  .object({ p50: looseCount })
  .transform(({ p50 }) => p50)
  .nullable()
  .catch(null)
const rowSchema = z.object({
  alias: z.string().min(1),
  endpoint: looseText,
  metrics: z.object({ ttft_ms: middle, tps: middle, duration_ms: middle }),
})
const bodySchema = z.object({ models: looseList(rowSchema) })

/** Parses the vendor's metrics by lower-case name; invalid rows are dropped. */
export function parseMetrics(body: unknown): MetricsTable {
  const byName = new Map<string, Row[]>()
  for (const { alias, endpoint, metrics } of bodySchema.parse(body).models) {
    const { ttft_ms: firstTokenMs, tps: tokensPerSecond, duration_ms: durationMs } = metrics
    const rows = byName.get(alias.toLowerCase()) ?? []
    rows.push({ endpoint, metrics: { firstTokenMs, tokensPerSecond, durationMs } })
    byName.set(alias.toLowerCase(), rows)
  }
  return byName
}

/** Adds metrics to the models; returns the same list if there are none. */
export function withMetrics(models: readonly Model[], table: MetricsTable): readonly Model[] {
  if (table.size === 0) return models
  return models.map((model) => {
    const rows = [model.id, ...model.aliases].flatMap((name) => table.get(name.toLowerCase()) ?? [])
    const row = rows.find(({ endpoint }) => endpoint === model.endpoint) ?? rows[0]
    return row ? { ...model, metrics: row.metrics } : model
  })
}
