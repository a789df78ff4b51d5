import type { Facts } from "./facts"

/** Empty facts, kept apart from the schema so that a page's first load does without zod. */
export const noFacts: Facts = {
  ...{ finishReason: null, usage: null, units: null, costUsd: null },
  ...{ upstreamId: null, firstTokenMs: null, totalMs: null },
}
