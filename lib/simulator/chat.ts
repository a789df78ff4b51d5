import { z } from "zod"
import { costOf, findModel, isRetired, type Model } from "./catalogue"
import { type ChatRequest, chatRequestSchema, lastUserText, textOf } from "./chat-request"
import { sendCompletion } from "./completion"
import { type Answer, compose, tokensOf } from "./compose"
import { createDialect, familyOf, type Usage } from "./dialects"
import { documentedMessages } from "./envelope"
import { type Exchange, Refusal, type Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import { schemaOf } from "./specs"
import { streamAnswer } from "./stream"
import { estimateTokens } from "./tokens"
import { operationFor, validate } from "./validate"

const promptSchema = z.object({ messages: chatRequestSchema.shape.messages })
const defaultsSchema = z.object({
  properties: z.object({ max_tokens: z.object({ default: z.number() }) }),
})

function chatModel(body: unknown): Model | undefined {
  const parsed = z.object({ model: z.string() }).safeParse(body)
  const model = parsed.success ? findModel(parsed.data.model) : undefined
  return model?.type === "openai/chat-completions" ? model : undefined
}

/** What is wrong with the name of the model, in the vendor's two ways of saying it. */
function refuseModel(exchange: Exchange, body: unknown): never {
  const model = z.looseObject({ model: z.unknown() }).catch({ model: undefined }).parse(body).model
  if (typeof model === "string" && isRetired(model)) {
    throw new Refusal(404, "Model is deprecated")
  }
  const message =
    model === undefined
      ? "Required"
      : typeof model === "string"
        ? `Invalid enum value. Expected an available model, received '${model}'`
        : `Expected string, received ${typeof model}`
  exchange.simulator.log.judge(exchange.entry, [{ path: "model", message }])
  throw new Refusal(400, `${documentedMessages[400]}\n${message}`)
}

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

async function complete(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const body = await exchange.readJson()
  const prompt = promptSchema.safeParse(body)
  exchange.entry.prompt = prompt.success ? lastUserText(prompt.data.messages) : ""
  const model = chatModel(body) ?? refuseModel(exchange, body)
  const operation = operationFor("chat", model)
  const errors = operation ? validate(operation, body) : []
  exchange.simulator.log.judge(exchange.entry, errors)
  if (errors.length > 0) {
    const sentences = new Set(errors.map((error) => error.message))
    throw new Refusal(400, [documentedMessages[400], ...sentences].join("\n"))
  }
  const request = chatRequestSchema.parse(body)
  const plan = exchange.simulator.rules.planFor(exchange.entry.prompt)
  if (await answeredInstead(exchange, plan)) return
  const defaults = defaultsSchema.safeParse(operation && schemaOf(operation))
  const defaultMaxTokens = defaults.success
    ? defaults.data.properties.max_tokens.default
    : undefined
  const answer = compose(request, model, plan, defaultMaxTokens)
  const usage = usageOf(model, request, answer)
  const amounts = { input: usage.prompt_tokens, output: usage.completion_tokens }
  const bill = { usage, cost: costOf(model, amounts), extras: searchExtras(model) }
  // The upstream answers 201 on some routes and 200 on others; here it depends on the model.
  const statusCode = chance(`created ${model.id}`, 0.25) ? 201 : 200
  if (!request.stream) return await sendCompletion(exchange, statusCode, model, answer, plan, bill)
  const dialect = createDialect(model, exchange.inferenceId)
  await streamAnswer(exchange, statusCode, answer, plan, dialect, bill)
}

export const chatRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v[12])?\/chat\/completions$/, handle: complete },
]
