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
 * Metadata of an answer as reported by the upstream and measured here; stored and shown as one value. Parsing never
 * fails: missing or invalid members become null.
 */
export const factsSchema = z.object({
  /** The upstream's reason why the answer ended. */
  finishReason: z.string().nullable().catch(null),
  usage: usageSchema.nullable().catch(null),
  /** Billed units other than tokens, such as `{ images: 2 }` or `{ seconds: 11.4 }`. */
  units: z.record(z.string(), z.number()).nullable().catch(null),
  costUsd: count,
  /** The upstream's id of the answer. */
  upstreamId: z.string().nullable().catch(null),
  /** From the request to the first output, and to the end. */
  firstTokenMs: count,
  totalMs: count,
})
export type Facts = z.infer<typeof factsSchema>

/** Parses stored facts. */
export function factsIn(json: unknown): Facts {
  return factsSchema.catch(noFacts).parse(json ?? {})
}
