import { percentile } from "../figures"
import type { Log } from "../upstream/log"
import type { LoadSummary } from "./job"
import type { Seen } from "./stream"

/** Combines the clients' observations with the upstream's log. */
export function summarize(streams: readonly Seen[], log: Log): LoadSummary {
  const good = streams.flatMap((seen) => {
    const entry = log[seen.order.scriptId]
    return entry && seen.error === null ? [{ seen, entry }] : []
  })
  const pre = good.map(({ seen, entry }) => entry.arrived - seen.sent)
  const relay = good.map(({ seen, entry }) => first(seen.times) - first(entry.written))
  const added = pre.map((ms, index) => ms + (relay[index] ?? 0))
  const lag = good.flatMap(({ seen, entry }) =>
    seen.times.slice(1).map((at, index) => at - (entry.written[index + 1] ?? at)),
  )
  const close = good.flatMap(({ seen, entry }) =>
    entry.ended === null ? [] : [seen.closed - entry.ended],
  )
  const chunks = streams.reduce((sum, { times }) => sum + times.length, 0)
  const begun = streams.reduce((least, { sent }) => Math.min(least, sent), Number.POSITIVE_INFINITY)
  const ended = streams.reduce((most, { closed }) => Math.max(most, closed), 0)
  const errors = streams.flatMap(({ error }) => error ?? [])
  return {
    added: spread(added),
    pre: spread(pre),
    relay: spread(relay),
    lag: spread(lag),
    close: spread(close),
    chunks,
    chunksPerSecond: chunks / ((ended - begun) / 1_000),
    failed: streams.length - good.length,
    errors: [...new Set(errors)].slice(0, 3),
  }
}

const first = (times: readonly number[]) => times[0] ?? Number.NaN

function spread(values: readonly number[]) {
  return { p50: percentile(values, 0.5), p99: percentile(values, 0.99) }
}
