import type { LanguageModelV4FinishReason, LanguageModelV4Usage } from "@ai-sdk/provider"
import { AppError } from "../../base/errors"
import { cutText } from "../../base/postgres-text"
import { plausibleUsage, readFacts } from "../facts"
import type { Facts, Usage } from "../protocol"

/** How an answer ended, and its facts. */
export type HowItEnded = {
  reason: "complete" | "length" | "filtered"
  finishReason: string
} & Facts

/** How one step ended, by its provider. */
export type StepEnd = {
  finishReason: LanguageModelV4FinishReason
  usage: LanguageModelV4Usage
  headers: Record<string, string> | undefined
  costUsd: number | null
  /** An event said that the answer is not all of it; its reason is often left out. */
  isIncomplete: boolean
}

/** Characters of the upstream's word for why an answer ended. */
const longestReason = 100

/**
 * Adds the steps of an answer up: how the last one ended, what all used. Throws when a step broke: where a
 * stream just stops, providers make up an end, which has no word of the protocol behind it.
 */
export function addStep(before: HowItEnded | null, step: StepEnd): HowItEnded {
  const { unified, raw } = step.finishReason
  if (raw === undefined && madeUp.has(unified)) throw new AppError("model_cut")
  if (raw === "error") throw new AppError("model_failed")
  const reason = endReason(unified, raw)
  const { costUsd: paid = null, usage = null } = before ?? {}
  return {
    reason: reason === "complete" && step.isIncomplete ? "length" : reason,
    finishReason: cutText(raw ?? unified, longestReason),
    usage: addUsage(usage, toUsage(step.usage)),
    units: {},
    costUsd: step.costUsd === null ? paid : (paid ?? 0) + step.costUsd,
    upstreamId: step.headers?.["x-inference-id"] ?? null,
  }
}

const madeUp: ReadonlySet<LanguageModelV4FinishReason["unified"]> = new Set([
  ...(["other", "interrupted", "error"] as const),
])

function addUsage(before: Usage | null, more: Usage | null): Usage | null {
  if (!before || !more) return before ?? more
  const sum = (name: keyof Usage) =>
    before[name] === null && more[name] === null ? null : (before[name] ?? 0) + (more[name] ?? 0)
  return {
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    reasoningTokens: sum("reasoningTokens"),
    cachedTokens: sum("cachedTokens"),
  }
}

// Some services answer in another dialect, whose reasons the provider files under "other".
function endReason(
  unified: LanguageModelV4FinishReason["unified"],
  raw = "",
): HowItEnded["reason"] {
  if (unified === "length" || /^(max_tokens|max_output_tokens|length)$/i.test(raw)) return "length"
  const isFiltered = unified === "content-filter" || /refusal|safety|sensitive|filter/i.test(raw)
  return isFiltered ? "filtered" : "complete"
}

function toUsage({ inputTokens, outputTokens, raw }: LanguageModelV4Usage): Usage | null {
  // Providers take a figure that is missing or no number for 0.
  const reported = raw && readFacts({ usage: raw }).usage
  const isMissing = (name: "inputTokens" | "outputTokens") =>
    reported === null || reported?.[name] === null
  return plausibleUsage({
    inputTokens: isMissing("inputTokens") ? null : (inputTokens.total ?? null),
    outputTokens: isMissing("outputTokens") ? null : (outputTokens.total ?? null),
    reasoningTokens: outputTokens.reasoning ?? null,
    cachedTokens: inputTokens.cacheRead ?? null,
  })
}
