import { type Accepted, refuseBody } from "../accept"
import type { Model } from "../catalogue"
import { type ChatMessage, lastUserText } from "../chat-request"
import { compose } from "../compose"
import { type Exchange, Refusal } from "../exchange"
import { hasMember } from "../members"
import { token } from "../random"
import { commonOperation, type Operation } from "../specs"
import { tokensUsed } from "../tokens-used"
import { validate } from "../validate"
import { defaultMaxOutputTokens, finishedResponse, responseBase } from "./body"
import { joined, type Output, outputsOf } from "./items"
import { chatRequestOf, inputMessages, type ResponseRequest, requireCalls } from "./request"
import { storedResponses } from "./store"

/** The operation a request is held to; models without one of their own share the commonest. */
export function operationOf(
  exchange: Exchange,
  { body, model, operation }: Accepted,
): Operation | undefined {
  if (operation) return operation
  if (model.type !== "openai/responses") {
    const message = `Invalid enum value. Expected an available model, received '${body.model}'`
    refuseBody(exchange, [{ path: "model", message }])
  }
  const common = commonOperation("responses")
  const errors = common ? validate(common, body) : []
  if (errors.length > 0) refuseBody(exchange, errors)
  return common
}

/** All that was said before a request and in it. */
export function conversation({ simulator }: Exchange, request: ResponseRequest): ChatMessage[] {
  const { responses, items } = storedResponses(simulator)
  const { previous_response_id: previousId } = request
  const previous = previousId && responses.get(previousId)
  if (previousId && !previous) {
    throw new Refusal(400, `400 Previous response with id '${previousId}' not found.`)
  }
  const referred = (id: string) => {
    const found = items.get(id)
    if (found) return found
    throw new Refusal(
      404,
      `404 Item with id '${id}' not found. Items are not persisted when \`store\` is set to false.`,
    )
  }
  const messages = [...(previous ? previous.messages : []), ...inputMessages(request, referred)]
  requireCalls(messages)
  return messages
}

/** A part of a response as the next request of the conversation will see it. */
function saidBy(output: Output): ChatMessage[] {
  if (output.kind === "message") return [{ role: "assistant", content: joined(output.said) }]
  if (output.kind !== "call") return []
  const { callId, name } = output
  const called = { name, arguments: output.arguments }
  const call = { id: callId, type: "function", function: called }
  return [{ role: "assistant", content: "", tool_calls: [call] }]
}

/** Keeps a response and its parts for whoever asks for them again. */
export function storeResponse(
  { simulator }: Exchange,
  { id, base, messages, outputs }: ResponseDraft,
  body?: object,
): void {
  const { responses, items } = storedResponses(simulator)
  const said = outputs.flatMap(saidBy)
  responses.set(id, { base, messages: [...messages, ...said], ...(body && { body }) })
  for (const output of outputs) items.set(output.id, saidBy(output))
}

/** Models that take `reasoning` here think, whatever their chat route does. */
const thinkerOf = (model: Model, isReasoning: boolean): Model =>
  isReasoning ? { ...model, thinking: { when: "always", shown: "reasoning_content" } } : model

/** Everything about a response, before it is sent in one way or another. */
export function draftResponse(
  exchange: Exchange,
  { model, plan }: Accepted,
  operation: Operation | undefined,
  request: ResponseRequest,
  messages: ChatMessage[],
) {
  const isReasoning = hasMember(operation, "reasoning")
  const id = `resp_${token(exchange.inferenceId, 48).toLowerCase()}`
  const base = responseBase(id, model, request, { isReasoning })
  const chat = chatRequestOf(request, messages)
  const answer = compose(chat, thinkerOf(model, isReasoning), plan, defaultMaxOutputTokens)
  const exact = plan.text ?? plan.pieces ?? plan.floodCharacters
  const isPlain = (chat.response_format?.type ?? "text") === "text"
  const outputs = outputsOf(answer, request, id, {
    question: lastUserText(messages),
    canCite: exact === undefined && isPlain,
  })
  const used = tokensUsed(chat, answer)
  return {
    id,
    base,
    answer,
    outputs,
    used,
    amounts: { token: { input: used.input, output: used.output } },
    messages,
    finish: (messageStatus?: "in_progress") =>
      finishedResponse(base, answer, outputs, used, messageStatus),
  }
}
export type ResponseDraft = ReturnType<typeof draftResponse>
