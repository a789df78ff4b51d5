import { z } from "zod"
import { cutText } from "../base/postgres-text"
import type { Facts, Usage } from "./protocol"
import vendor from "./vendor.json" with { type: "json" }

export const creditsPerUsd = 2_000_000

// A figure from outside is a fact or unknown: budgets are counted by it, and the database holds no other.
const tokensSchema = z.int().min(0).max(100_000_000)
const usdSchema = z.number().min(0).max(10_000)
const unitSchema = z.number().min(0).max(1_000_000_000)
const longestId = 200

/** A number of tokens of one request, or null for what cannot be one. */
function plausibleTokens(value: unknown): number | null {
  return tokensSchema.safeParse(value).data ?? null
}

/** Dollars of one request, or null for what cannot be so much. */
export function plausibleUsd(value: unknown): number | null {
  return usdSchema.safeParse(value).data ?? null
}

/** Facts of an answer as they may be kept: what cannot be true is unknown. */
export function plausibleFacts({ usage, units, costUsd, upstreamId }: Facts): Facts {
  const sane = Object.entries(units).filter(([, value]) => unitSchema.safeParse(value).success)
  return {
    usage: usage && plausibleUsage(usage),
    units: Object.fromEntries(sane),
    costUsd: plausibleUsd(costUsd),
    upstreamId: upstreamId === null ? null : cutText(upstreamId, longestId),
  }
}

/** The same for tokens; null where none of the figures can be true. */
export function plausibleUsage(usage: Usage): Usage | null {
  const inputTokens = plausibleTokens(usage.inputTokens)
  const outputTokens = plausibleTokens(usage.outputTokens)
  if (inputTokens === null && outputTokens === null) return null
  const reasoningTokens = plausibleTokens(usage.reasoningTokens)
  const cachedTokens = plausibleTokens(usage.cachedTokens)
  return { inputTokens, outputTokens, reasoningTokens, cachedTokens }
}

const count = z.number().nullish().catch(null)
const usageSchema = z.looseObject({
  prompt_tokens: count,
  input_tokens: count,
  completion_tokens: count,
  output_tokens: count,
  total_tokens: count,
  completion_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish().catch(null),
  output_tokens_details: z.looseObject({ reasoning_tokens: count }).nullish().catch(null),
  prompt_tokens_details: z.looseObject({ cached_tokens: count }).nullish().catch(null),
  input_tokens_details: z.looseObject({ cached_tokens: count }).nullish().catch(null),
  cache_read_input_tokens: count,
  characters: count,
})
const costSchema = z.looseObject({ usd_spent: count, credits_used: count })
const bodySchema = z.looseObject({
  usage: usageSchema.nullish().catch(null),
  meta: z
    .looseObject({ usage: costSchema.nullish().catch(null) })
    .nullish()
    .catch(null),
  usage_info: z.looseObject({ pages_processed: count }).nullish().catch(null),
})

/**
 * Usage, dollars and ids of an answer: from its body (`usage`, `meta.usage`) and its headers. Some
 * answers tell credits only; 2,000,000 are a dollar.
 */
export function readFacts(json: unknown, headers?: Headers): Facts {
  const body = bodySchema.safeParse(json)
  const { usage, meta, usage_info } = body.success ? body.data : {}
  const pages = usage_info?.pages_processed
  const characters = usage?.characters
  return plausibleFacts({
    usage: usage ? toUsage(usage) : null,
    units: { ...(pages && { pages }), ...(characters && { characters }) },
    costUsd: headerUsd(headers) ?? usdOf(meta?.usage),
    upstreamId: headers?.get("x-inference-id") ?? null,
  })
}

/** Dollars in a chunk of a stream or an answer; null when it tells none. */
export function readCostUsd(json: unknown): number | null {
  const body = bodySchema.safeParse(json)
  return body.success ? usdOf(body.data.meta?.usage) : null
}

function usdOf(cost: z.infer<typeof costSchema> | null | undefined): number | null {
  if (!cost) return null
  const told =
    cost.usd_spent ?? (cost.credits_used == null ? null : cost.credits_used / creditsPerUsd)
  return plausibleUsd(told)
}

function headerUsd(headers: Headers | undefined): number | null {
  const text = headers?.get(vendor.headers.usdSpent)
  if (text) return plausibleUsd(Number(text))
  const credits = headers?.get(vendor.headers.creditsUsed)
  return credits ? plausibleUsd(Number(credits) / creditsPerUsd) : null
}

function toUsage(usage: z.infer<typeof usageSchema>): Usage | null {
  const outputTokens = usage.completion_tokens ?? usage.output_tokens ?? null
  // Embeddings often tell the total only, and it is all input.
  const inputTokens =
    usage.prompt_tokens ??
    usage.input_tokens ??
    (usage.total_tokens == null ? null : usage.total_tokens - (outputTokens ?? 0))
  if (inputTokens === null && outputTokens === null) return null
  const details = usage.completion_tokens_details ?? usage.output_tokens_details
  const cached = usage.prompt_tokens_details ?? usage.input_tokens_details
  return {
    inputTokens,
    outputTokens,
    reasoningTokens: details?.reasoning_tokens ?? null,
    cachedTokens: cached?.cached_tokens ?? usage.cache_read_input_tokens ?? null,
  }
}
