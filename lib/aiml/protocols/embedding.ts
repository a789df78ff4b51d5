import { z } from "zod"
import { readFacts } from "../facts"
import { sendForJson } from "../http/upstream"
import type { MediaProtocol, Output } from "../protocol"
import { orEmpty } from "./outputs"

// The list's own `object` says "list" or "object"; nothing depends on it.
const answerSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      index: z.number().catch(0),
      embedding: z.union([z.array(z.number()), z.string()]),
    }),
  ),
})

/** Texts as vectors whose nearness is nearness of meaning. */
export const embedding: MediaProtocol = {
  name: "embedding",
  path: /\/embeddings$/,
  address: "/v1/embeddings",
  reading: { texts: ["input"], files: "document", label: "Text" },
  plain: {
    type: "object",
    properties: { model: { type: "string" }, input: { type: "string" } },
    required: ["model", "input"],
  },
  async start(upstream, { path, body, ...context }) {
    const { json, headers } = await sendForJson(upstream, {
      method: "POST",
      path,
      body,
      ...context,
    })
    const outputs = orEmpty(
      readVectors(json).map(
        (value): Output => ({ type: "data", label: `Vector of ${value.length} numbers`, value }),
      ),
      headers,
    )
    return { state: "done", outputs, facts: readFacts(json, headers) }
  },
}

function readVectors(json: unknown): number[][] {
  const answer = answerSchema.safeParse(json)
  if (!answer.success) return []
  return answer.data.data
    .toSorted((a, b) => a.index - b.index)
    .map(({ embedding }) => (typeof embedding === "string" ? fromBase64(embedding) : embedding))
}

/** 32-bit floats, little endian. */
function fromBase64(text: string): number[] {
  const bytes = Buffer.from(text, "base64")
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
    bytes.readFloatLE(index * 4),
  )
}
