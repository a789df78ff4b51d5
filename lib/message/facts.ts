import { z } from "zod"
import { noFacts } from "./no-facts"

const count = z.number().nullable().catch(null)

const usageSchema = z.object({
  inputTokens: count,
  outputTokens: count,
  reasoningTokens: count,
  cachedTokens: count,
})

/**
 * What is known of an answer besides what it says, as its upstream and our clock told: kept and shown as one
 * value. Reading never fails: what is missing or wrong is unknown.
 */
export const factsSchema = z.object({
  /** The upstream's word for why it ended. */
  finishReason: z.string().nullable().catch(null),
  usage: usageSchema.nullable().catch(null),
  /** What is counted instead of tokens, such as `{ images: 2 }` or `{ seconds: 11.4 }`. */
  units: z.record(z.string(), z.number()).nullable().catch(null),
  costUsd: count,
  /** The id that the upstream knows it by. */
  upstreamId: z.string().nullable().catch(null),
  /** From asking to the first sign of an answer, and to its end. */
  firstTokenMs: count,
  totalMs: count,
})
export type Facts = z.infer<typeof factsSchema>

/** Facts as they were kept. */
export function factsIn(json: unknown): Facts {
  return factsSchema.catch(noFacts).parse(json ?? {})
}
