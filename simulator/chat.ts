import { z } from "zod"
import { type Accepted, accept } from "./accept"
import { annotationsOf, type Web } from "./answers/web"
import { costOf, type Model } from "./catalogue"
import { type ChatExtras, chatExtrasOf } from "./chat-extras"
import { type ChatRequest, chatRequestSchema, lastUserText } from "./chat-request"
import { sendCompletion } from "./completion"
import { type Answer, compose } from "./compose"
import { createDialect, familyOf, type Usage } from "./dialects"
import type { Exchange, Route } from "./exchange"
import { exchangeFaults } from "./exchanges"
import { answeredInstead } from "./gate"
import { defaultNumber } from "./members"
import { messagesRequestSchema, withResultsApart } from "./messages/request"
import { verdict } from "./moderation"
import { chance } from "./random"
import { searchAnswer } from "./search"
import { streamAnswers } from "./stream"
import { tokensUsed } from "./tokens-used"
import { type WebSearch, webSearch } from "./web-search"

const promptSchema = z.object({ messages: messagesRequestSchema.shape.messages })

/** A chat as all of it is told here: results of tools as messages, whichever dialect they came in. */
function requestOf(body: Record<string, unknown>): ChatRequest {
  const { messages } = promptSchema.parse(body)
  return chatRequestSchema.parse({ ...body, messages: withResultsApart(messages) })
}

function usageOf(
  model: Model,
  request: ChatRequest,
  answers: Answer[],
  search: WebSearch | undefined,
): Usage {
  const { input, output, reasoning } = tokensUsed(request, ...answers)
  const totals = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output }
  if (familyOf(model) === "anthropic") return totals
  return {
    ...totals,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
    ...(search?.contextSize !== undefined && { search_context_size: search.contextSize }),
  }
}

/** Several answers to one question; every choice after the first grows from a seed of its own. */
function answersTo(
  request: ChatRequest,
  { model, operation, plan }: Accepted,
  count: number,
  web: Web | undefined,
): Answer[] {
  const maxTokens = defaultNumber(operation, "max_tokens")
  return Array.from({ length: count }, (_, index) => {
    const seeded = index === 0 ? model : { ...model, id: `${model.id} ${index}` }
    return compose(request, seeded, plan, maxTokens, web)
  })
}

/** The annotations of an answer, which are there though the list of them may be empty. */
function annotated(
  [answer]: Answer[],
  search: WebSearch | undefined,
): Pick<ChatExtras, "annotations"> {
  if (!answer || search?.web.tells !== "annotations") return {}
  return { annotations: annotationsOf(answer.said.map(({ text }) => text).join(""), search.web) }
}

function promptOf(body: Record<string, unknown>): string {
  const prompt = promptSchema.safeParse(body)
  return prompt.success ? lastUserText(withResultsApart(prompt.data.messages)) : ""
}

async function complete(exchange: Exchange, [deployment]: string[]): Promise<void> {
  const named = deployment === undefined ? {} : { model: decodeURIComponent(deployment) }
  const options = { ...named, faultsOf: exchangeFaults }
  const accepted = await accept(exchange, "chat", promptOf, options)
  const { body, model, operation, plan } = accepted
  const request = requestOf(body)
  const asked = chatExtrasOf(body, operation)
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  const said = verdict(model, request.messages) ?? searchAnswer(exchange, model, request)
  const told = said === undefined ? accepted : { ...accepted, plan: { text: said, ...plan } }
  const search = webSearch(exchange, operation, body, lastUserText(request.messages))
  const answers = answersTo(request, told, asked.choiceCount, search?.web)
  const extras = { ...asked, ...annotated(answers, search) }
  const usage = usageOf(model, request, answers, search)
  const amounts = { token: { input: usage.prompt_tokens, output: usage.completion_tokens } }
  // Booked before the last chunk, so that whoever has the answer finds the charge.
  const bill = { usage, cost: costOf(model, amounts), extras: search?.extras ?? {} }
  const book = () => exchange.charge(model, amounts)
  // The upstream answers 201 on some routes and 200 on others; here it depends on the model.
  const statusCode = chance(`created ${model.id}`, 0.25) ? 201 : 200
  if (!request.stream) {
    const whole = { ...bill, book }
    return await sendCompletion(exchange, statusCode, model, answers, plan, extras, whole)
  }
  const dialect = createDialect(model, exchange.inferenceId)
  await streamAnswers(exchange, statusCode, answers, plan, dialect, extras, { ...bill, book })
}

export const chatRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v[12])?\/chat\/completions$/, handle: complete },
  {
    method: "POST",
    path: /^\/openai\/deployments\/(.+?)(?:\/chat\/completions)?$/,
    handle: complete,
  },
]
