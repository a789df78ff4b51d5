import { expect, test } from "@playwright/test"
import { parseEntry } from "./entry"
import { parseMetrics, withMetrics } from "./metrics"

const percentiles = (p50: unknown) => ({ p50, p75: 1, p90: 2, p99: 3 })

test("rows meet their models by id or alias, the one of the model's endpoint first", () => {
  const models = [
    parseEntry({ id: "A/One", type: "chat" }),
    parseEntry({ id: "two", aliases: ["zwei"] }),
    parseEntry({ id: "three" }),
  ].flatMap((model) => model ?? [])
  const table = parseMetrics({
    window_seconds: 300,
    models: [
      { alias: "a/one", endpoint: "responses", metrics: { ttft_ms: percentiles(900) } },
      { alias: "a/one", endpoint: "chat", metrics: { ttft_ms: percentiles(200), tps: null } },
      { alias: "ZWEI", endpoint: 5, metrics: { tps: percentiles("80"), duration_ms: "slow" } },
      { alias: "three", metrics: null },
      "nonsense",
    ],
  })
  expect(withMetrics(models, table).map(({ metrics }) => metrics)).toEqual([
    { firstTokenMs: 200, tokensPerSecond: null, durationMs: null },
    { firstTokenMs: null, tokensPerSecond: 80, durationMs: null },
    null,
  ])
  expect(withMetrics(models, new Map())).toBe(models)
  expect(() => parseMetrics("nonsense")).toThrow()
})
