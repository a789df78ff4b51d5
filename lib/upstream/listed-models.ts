import "server-only"
import { createHash } from "node:crypto"
import type { Browsed } from "../aiml/catalogue/catalogue"
import type { ListedModel, Model } from "../models/model"

/** The vendor measures over five minutes, so newer metrics are no better within that time. */
const metricsMs = 5 * 60_000

/** The list as sent to the model picker, and its ETag. */
export function listModels({ models, state, metricsAt }: Browsed): { json: string; etag: string } {
  const shown = { ...state, at: state.isStale ? state.at : null }
  const period = metricsAt === null ? 0 : Math.floor(metricsAt / metricsMs)
  const { json, hash } = written(models)
  const about = createHash("sha1")
    .update(JSON.stringify([hash, shown, period]))
    .digest("base64url")
  return { json: `{"models":${json},"state":${JSON.stringify(state)}}`, etag: `W/"${about}"` }
}

/** Whether If-None-Match contains this ETag. */
export function isKnown(etag: string, ifNoneMatch: string | null): boolean {
  const opaque = etag.replace(/^W\//, "")
  return (ifNoneMatch ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === opaque || tag === "*")
}

type Written = { json: string; hash: string }
const cache = new WeakMap<readonly Model[], Written>()

// The list is serialized once, not per request. The hash excludes the metrics, which change all the time.
function written(models: readonly Model[]): Written {
  const cached = cache.get(models)
  if (cached) return cached
  const listed = models.map(toListed)
  const facts = JSON.stringify(listed.map((model) => ({ ...model, metrics: null })))
  const hash = createHash("sha1").update(facts).digest("base64url")
  const result = { json: JSON.stringify(listed), hash }
  cache.set(models, result)
  return result
}

function toListed({ endpoint: _endpoint, prices: _prices, metrics, ...model }: Model): ListedModel {
  if (!metrics) return { ...model, metrics }
  const { firstTokenMs, tokensPerSecond, durationMs } = metrics
  return {
    ...model,
    metrics: {
      firstTokenMs: rounded(firstTokenMs),
      tokensPerSecond: rounded(tokensPerSecond),
      durationMs: rounded(durationMs),
    },
  }
}

/** Two significant digits are enough for comparison. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(2))
}
