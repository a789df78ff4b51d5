import "server-only"
import { createHash } from "node:crypto"
import type { Browsed } from "../aiml/catalogue/catalogue"
import type { ListedModel, Model } from "../models/model"

/** The vendor measures over five minutes; within them a reader's numbers are as good as newer ones. */
const metricsMs = 5 * 60_000

/** The list as the model picker gets it, and the tag by which a browser knows that it has it already. */
export function listModels({ models, state, metricsAt }: Browsed): { json: string; etag: string } {
  const shown = { ...state, at: state.isStale ? state.at : null }
  const period = metricsAt === null ? 0 : Math.floor(metricsAt / metricsMs)
  const { json, hash } = written(models)
  const about = createHash("sha1")
    .update(JSON.stringify([hash, shown, period]))
    .digest("base64url")
  return { json: `{"models":${json},"state":${JSON.stringify(state)}}`, etag: `W/"${about}"` }
}

/** Whether a request names this tag among those it has. */
export function isKnown(etag: string, ifNoneMatch: string | null): boolean {
  const opaque = etag.replace(/^W\//, "")
  return (ifNoneMatch ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === opaque || tag === "*")
}

type Written = { json: string; hash: string }
const cache = new WeakMap<readonly Model[], Written>()

// A list is written once, not for each reader. Its hash leaves out the metrics, which move all the time.
function written(models: readonly Model[]): Written {
  const known = cache.get(models)
  if (known) return known
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

/** Two digits say all that people compare. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(2))
}
