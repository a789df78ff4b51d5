import { accept } from "./accept"
import { costOf } from "./catalogue"
import { lastUserText } from "./chat-request"
import { deliverStream, deliverWhole, type Script } from "./delivery"
import { type Exchange, Refusal, type Route } from "./exchange"
import { answeredInstead } from "./gate"
import { chance } from "./random"
import { cutReason, unfinishedResponse } from "./responses/body"
import {
  conversation,
  draftResponse,
  operationOf,
  type ResponseDraft,
  storeResponse,
} from "./responses/draft"
import { numberedEvents, outputBeats } from "./responses/events"
import { joined } from "./responses/items"
import { inputMessages, responseRequestSchema } from "./responses/request"
import { storedResponses } from "./responses/store"

function promptOf(body: Record<string, unknown>): string {
  const request = responseRequestSchema.safeParse(body)
  return request.success ? lastUserText(inputMessages(request.data)) : ""
}

async function respond(exchange: Exchange): Promise<void> {
  const accepted = await accept(exchange, "responses", promptOf)
  const { body, model, plan } = accepted
  const operation = operationOf(exchange, accepted)
  const request = responseRequestSchema.parse(body)
  const messages = conversation(exchange, request)
  if (await answeredInstead(exchange, plan)) return exchange.failed()
  const draft = draftResponse(exchange, accepted, operation, request, messages)
  const { id, base, amounts } = draft
  const statusCode = chance(`created ${model.id}`, 0.25) ? 201 : 200
  if (request.background && !request.stream) {
    exchange.simulator.jobs.start({
      id,
      plan: plan.job,
      charge: { model, amounts },
      clientRequestId: exchange.clientRequestId,
      work: () => draft.finish("in_progress"),
    })
    storeResponse(exchange, draft)
    exchange.response.setHeader("x-inference-id", id)
    return exchange.sendJson(statusCode, unfinishedResponse(base, "queued"))
  }
  const cost = costOf(model, amounts)
  const whole = {
    ...draft.finish(request.stream ? undefined : "in_progress"),
    meta: { usage: cost },
  }
  const book = () => {
    exchange.charge(model, amounts)
    if (request.store || request.background) storeResponse(exchange, draft, whole)
  }
  if (request.stream) {
    return await deliverStream(exchange, statusCode, plan, script(draft, whole, book))
  }
  await deliverWhole(exchange, statusCode, plan, {
    body: whole,
    text: joined(draft.answer.said),
    tokens: draft.used.output,
    cost,
    book,
  })
}

function script(
  { base, answer, outputs }: ResponseDraft,
  response: object,
  book: () => void,
): Script {
  const emit = numberedEvents()
  const isCut = cutReason(answer) !== undefined
  const states = base.background ? (["queued", "in_progress"] as const) : (["in_progress"] as const)
  return {
    opening: [
      emit("response.created", { response: unfinishedResponse(base, states[0]) }),
      ...states.map((state) =>
        emit(`response.${state}`, { response: unfinishedResponse(base, state) }),
      ),
    ],
    beats: outputBeats(outputs, isCut, emit),
    closing: () => {
      book()
      return [emit(isCut ? "response.incomplete" : "response.completed", { response })]
    },
    brokenLine: 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta\n\n',
    errorLine: (statusCode, message) => {
      const code = statusCode === 429 ? "rate_limit_exceeded" : "server_error"
      return emit("error", { code, message, param: null })
    },
  }
}

async function retrieve(exchange: Exchange, [id = ""]: string[]): Promise<void> {
  exchange.requireKey()
  const stored = storedResponses(exchange.simulator).responses.get(id)
  if (!stored) {
    exchange.response.removeHeader("x-inference-id")
    throw new Refusal(404, `404 Response with id '${id}' not found.`)
  }
  if (stored.body) return exchange.sendJson(200, stored.body)
  exchange.response.setHeader("x-inference-id", id)
  const job = await exchange.simulator.jobs.look(id, exchange.simulator.ledger)
  switch (job?.status) {
    case "completed":
      return exchange.sendBilled(200, job.result, job.cost)
    case "error": {
      const error = { code: "server_error", message: job.error.message }
      return exchange.sendJson(200, { ...unfinishedResponse(stored.base, "failed"), error })
    }
    default: {
      const status = job?.status === "generating" ? "in_progress" : "queued"
      exchange.sendJson(200, unfinishedResponse(stored.base, status))
    }
  }
}

export const responseRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/responses$/, handle: respond },
  { method: "GET", path: /^(?:\/v1)?\/responses\/([^/]+)$/, handle: retrieve },
]
