import type { Facts } from "./facts"

/** Nothing is known. Apart from the schema, which a page's first visit does without. */
export const noFacts: Facts = {
  ...{ finishReason: null, usage: null, units: null, costUsd: null },
  ...{ upstreamId: null, firstTokenMs: null, totalMs: null },
}
