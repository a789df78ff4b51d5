import { z } from "zod"
import type { Facts, Usage } from "./protocol"
import vendor from "./vendor.json" with { type: "json" }

export const creditsPerUsd = 2_000_000

const count = z.number().nonnegative().nullish().catch(null)
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
  return {
    usage: usage ? toUsage(usage) : null,
    units: { ...(pages && { pages }), ...(characters && { characters }) },
    costUsd: headerUsd(headers) ?? usdOf(meta?.usage),
    upstreamId: headers?.get("x-inference-id") ?? null,
  }
}

/** Dollars in a chunk of a stream or an answer; null when it tells none. */
export function readCostUsd(json: unknown): number | null {
  const body = bodySchema.safeParse(json)
  return body.success ? usdOf(body.data.meta?.usage) : null
}

function usdOf(cost: z.infer<typeof costSchema> | null | undefined): number | null {
  if (!cost) return null
  return cost.usd_spent ?? (cost.credits_used == null ? null : cost.credits_used / creditsPerUsd)
}

function headerUsd(headers: Headers | undefined): number | null {
  const text = headers?.get(vendor.headers.usdSpent)
  if (text) return Number.isFinite(Number(text)) ? Number(text) : null
  const credits = headers?.get(vendor.headers.creditsUsed)
  return credits && Number.isFinite(Number(credits)) ? Number(credits) / creditsPerUsd : null
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
