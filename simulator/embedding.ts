import { z } from "zod"
import { accept, firstText, refuseBody } from "./accept"
import type { Model } from "./catalogue"
import { embed } from "./embed"
import { type Exchange, Refusal, type Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import { fieldsOf } from "./siblings"
import { estimateTokens } from "./tokens"

const requestSchema = z.object({
  input: z.union([z.string().transform((text) => [text]), z.array(z.string())]),
  dimensions: z.number().nullish(),
  encoding_format: z.string().nullish(),
})
const inputSchema = requestSchema.pick({ input: true })

function promptOf(body: Record<string, unknown>): string {
  const parsed = inputSchema.safeParse(body)
  return parsed.success ? parsed.data.input.join("\n") : firstText(body, "input")
}

/** How long the vectors of each family are; most others have 1,024 numbers. */
const lengths: [RegExp, number][] = [
  [/embedding-3-large/, 3072],
  [/embedding-3-small|ada-002|voyage-(?:code|large)-2$/, 1536],
  [/text-(?:multilingual-)?embedding-00\d|gecko/, 768],
]
const nativeLength = (id: string) => lengths.find(([pattern]) => pattern.test(id))?.[1] ?? 1024

const rangeSchema = z.looseObject({ maximum: z.number() })

/** How long the vectors are to be; refused where the model cannot make them so. */
function lengthOf(exchange: Exchange, model: Model, asked: number | null | undefined): number {
  const native = nativeLength(model.id)
  const fields = fieldsOf(exchange.simulator.catalogue, "embedding", model) ?? {}
  if (asked === null || asked === undefined || !("dimensions" in fields)) return native
  const range = rangeSchema.safeParse(fields.dimensions)
  const most = range.success ? range.data.maximum : native
  if (asked < 1) {
    const message = "Number must be greater than or equal to 1"
    refuseBody(exchange, [{ path: "dimensions", message }])
  }
  if (!Number.isInteger(asked)) {
    refuseBody(exchange, [{ path: "dimensions", message: "Expected integer, received float" }])
  }
  if (asked > most) {
    throw new Refusal(
      400,
      `400 Invalid value for 'dimensions' = ${asked}. Must be less than or equal to ${most}.`,
    )
  }
  return asked
}

const contextSchema = z.object({ contextLength: z.number() })

/** Refuses a text that is longer than the model reads at once. */
function refuseTooLong(model: Model, tokens: number[]): void {
  const context = contextSchema.safeParse(model.info)
  if (!context.success) return
  const { contextLength } = context.data
  const tooLong = tokens.find((count) => count > contextLength)
  if (tooLong === undefined) return
  throw new Refusal(
    400,
    `400 This model's maximum context length is ${contextLength} tokens, however you requested ${tooLong} tokens. Please reduce your prompt.`,
  )
}

/** Numbers with as many digits as they have, or their bytes, the least telling first. */
function encoded(vector: Float32Array, format: string | null | undefined): number[] | string {
  if (format !== "base64") return Array.from(vector)
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString("base64")
}

async function embeddings(exchange: Exchange): Promise<void> {
  const { body, model, plan } = await accept(exchange, "embedding", promptOf)
  const parsed = requestSchema.safeParse(body)
  // Some models have no published schema that would have said so.
  if (!parsed.success) {
    return refuseBody(exchange, [
      { path: "input", message: "input" in body ? "Invalid input" : "Required" },
    ])
  }
  const { input, dimensions, encoding_format } = parsed.data
  const length = lengthOf(exchange, model, dimensions)
  const tokens = input.map((text) => Math.max(1, estimateTokens(text)))
  refuseTooLong(model, tokens)
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  if (!(await exchange.pause(plan.delayMs))) return exchange.failed()
  const total_tokens = tokens.reduce((sum, count) => sum + count, 0)
  const tellsPrompt = chance(`prompt tokens ${model.id}`, 0.6)
  const answer = {
    object: chance(`embedding object ${model.id}`, 0.25) ? "object" : "list",
    data: input.map((text, index) => ({
      object: "embedding",
      index,
      embedding: encoded(embed(text, length), encoding_format),
    })),
    model: model.id.replace(/^.*\//, ""),
    usage: { ...(tellsPrompt && { prompt_tokens: total_tokens }), total_tokens },
  }
  const amounts = { token: { input: total_tokens, output: 0 }, generation: { output: 1 } }
  const status = chance(`created ${model.id}`, 0.25) ? 201 : 200
  exchange.sendBilled(status, answer, exchange.charge(model, amounts, body))
}

export const embeddingRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1(?:\/playground)?)?\/embeddings$/, handle: embeddings },
]
