import { z } from "zod"
import { accept } from "./accept"
import { costOf, type Model } from "./catalogue"
import { type ChatRequest, chatRequestSchema, lastUserText, textOf } from "./chat-request"
import { sendCompletion } from "./completion"
import { type Answer, compose, tokensOf } from "./compose"
import { createDialect, familyOf, type Usage } from "./dialects"
import type { Exchange, Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import { schemaOf } from "./specs"
import { streamAnswer } from "./stream"
import { estimateTokens } from "./tokens"

const promptSchema = z.object({ messages: chatRequestSchema.shape.messages })
const defaultsSchema = z.object({
  properties: z.object({ max_tokens: z.object({ default: z.number() }) }),
})

function usageOf(model: Model, request: ChatRequest, answer: Answer): Usage {
  const written = request.messages.map((message) => textOf(message.content))
  if (request.system) written.push(textOf(request.system))
  const prompt_tokens = written.reduce((sum, text) => sum + estimateTokens(text) + 4, 0)
  const reasoningTokens = tokensOf(answer.thoughts)
  const callTokens = answer.toolCall ? estimateTokens(answer.toolCall.function.arguments) + 4 : 0
  const completion_tokens = reasoningTokens + tokensOf(answer.said) + callTokens
  const totals = {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
  }
  if (familyOf(model) === "anthropic") return totals
  return {
    ...totals,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoningTokens, audio_tokens: 0 },
    ...(searches(model) && { search_context_size: "low" }),
  }
}

const searches = (model: Model) => /perplexity/i.test(model.info.developer)

/** The sources a search model lists beside its answer, not as annotations. */
function searchExtras(model: Model): object {
  if (!searches(model)) return {}
  const url = "https://example.com/"
  const result = { title: "Example Domain", url, date: "2025-01-01", last_updated: "2025-06-01" }
  return { citations: [url], search_results: [result] }
}

function promptOf(body: Record<string, unknown>): string {
  const prompt = promptSchema.safeParse(body)
  return prompt.success ? lastUserText(prompt.data.messages) : ""
}

async function complete(exchange: Exchange, [deployment]: string[]): Promise<void> {
  const named = deployment === undefined ? {} : { model: decodeURIComponent(deployment) }
  const { body, model, operation, plan } = await accept(exchange, "chat", promptOf, named)
  const request = chatRequestSchema.parse(body)
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  const defaults = defaultsSchema.safeParse(operation && schemaOf(operation))
  const defaultMaxTokens = defaults.success
    ? defaults.data.properties.max_tokens.default
    : undefined
  const answer = compose(request, model, plan, defaultMaxTokens)
  const usage = usageOf(model, request, answer)
  const amounts = { token: { input: usage.prompt_tokens, output: usage.completion_tokens } }
  // Booked before the last chunk, so that whoever has the answer finds the charge.
  const bill = { usage, cost: costOf(model, amounts), extras: searchExtras(model) }
  const book = () => exchange.charge(model, amounts)
  // The upstream answers 201 on some routes and 200 on others; here it depends on the model.
  const statusCode = chance(`created ${model.id}`, 0.25) ? 201 : 200
  if (!request.stream) {
    return await sendCompletion(exchange, statusCode, model, answer, plan, { ...bill, book })
  }
  const dialect = createDialect(model, exchange.inferenceId)
  await streamAnswer(exchange, statusCode, answer, plan, dialect, { ...bill, book })
}

export const chatRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v[12])?\/chat\/completions$/, handle: complete },
  {
    method: "POST",
    path: /^\/openai\/deployments\/(.+?)(?:\/chat\/completions)?$/,
    handle: complete,
  },
]
