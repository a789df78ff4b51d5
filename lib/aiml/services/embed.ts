import { AppError } from "../../base/errors"
import type { Model } from "../../models/model"
import type { HowToAsk } from "../catalogue/model-docs"
import type { CallContext, Upstream } from "../http/upstream"
import { buildRequest } from "../media/media-request"
import type { Progress } from "../protocol"
import { isText } from "../protocols"
import { check } from "../schema/check"

/** One vector per text, and the total cost if reported. */
export type Embedded = { vectors: number[][]; costUsd: number | null }

/** Embeds texts in order: in one request if the model accepts a list, otherwise one by one. */
export async function embedTexts(
  upstream: Upstream,
  model: Model,
  { protocol, operation }: HowToAsk,
  texts: readonly string[],
  context: CallContext,
): Promise<Embedded> {
  const schema = operation.request
  if (isText(protocol) || !schema)
    throw new AppError("invalid", { message: "This model makes no vectors." })
  const bodies = texts.map((text) => {
    const inputs = { text, files: [] }
    const built = buildRequest(model.id, schema, protocol.reading, { inputs, params: {} })
    if (built.problems) throw new AppError("invalid", { message: built.problems.join(" ") })
    return built.body
  })
  const [first] = bodies
  const together = first && { ...first, input: [...texts] }
  const isOne = together && texts.length > 1 && check(schema, together).length === 0
  const answers: Progress[] = []
  for (const body of isOne ? [together] : bodies) {
    answers.push(await protocol.start(upstream, { path: operation.path, body, ...context }))
  }
  return { vectors: answers.flatMap(vectorsIn), costUsd: sumOf(answers) }
}

function vectorsIn(progress: Progress): number[][] {
  if (progress.state !== "done") return []
  return progress.outputs.flatMap((output) =>
    output.type === "data" && Array.isArray(output.value) ? [output.value.map(Number)] : [],
  )
}

function sumOf(answers: readonly Progress[]): number | null {
  const costs = answers.flatMap(({ facts }) => facts.costUsd ?? [])
  return costs.length > 0 ? costs.reduce((sum, usd) => sum + usd, 0) : null
}
