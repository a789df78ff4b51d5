import { accept, refuseBody } from "./accept"
import { costOf } from "./catalogue"
import { lastUserText } from "./chat-request"
import { deliverStream, deliverWhole } from "./delivery"
import { type Exchange, Refusal, type Route } from "./exchange"
import { answeredInstead } from "./gate"
import { defaultNumber } from "./members"
import { checkMessage } from "./messages/checked"
import { messageScript } from "./messages/events"
import { draftMessage, joined, messageBody } from "./messages/message"
import { conversationOf, messagesRequestSchema } from "./messages/request"
import { chance } from "./random"

/** What rules match: the last words of the person, in whichever dialect they stand. */
function promptOfMessages(body: Record<string, unknown>): string {
  const messages = messagesRequestSchema.shape.messages.safeParse(body.messages)
  return messages.success ? lastUserText(conversationOf(messages.data)) : ""
}

async function message(exchange: Exchange): Promise<void> {
  const { body, model, plan } = await accept(exchange, "messages", promptOfMessages)
  const checked = checkMessage(exchange.simulator.catalogue, body)
  if (!checked.request) {
    refuseBody(exchange, checked.errors)
    throw new Refusal(400)
  }
  const { request, operation } = checked
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  const defaultMaxTokens = defaultNumber(operation, "max_tokens")
  const draft = draftMessage(exchange.inferenceId, request, model, plan, defaultMaxTokens)
  const { answer, used } = draft
  const amounts = { token: { input: used.input, output: used.output } }
  const cost = costOf(model, amounts)
  const book = () => void exchange.charge(model, amounts)
  const statusCode = chance(`created ${model.id}`, 0.25) ? 201 : 200
  if (request.stream) {
    return await deliverStream(exchange, statusCode, plan, messageScript(draft, cost, book))
  }
  await deliverWhole(exchange, statusCode, plan, {
    body: { ...messageBody(draft), meta: { usage: cost } },
    text: joined(answer.said),
    tokens: used.output,
    cost,
    book,
  })
}

export const messageRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/messages$/, handle: message },
]
