import { z } from "zod"
import { refuseBody } from "./accept"
import { batchBody, batchResults, isOver, settleBatch } from "./batches/batch"
import { type Batch, batchesIn } from "./batches/store"
import { type Exchange, Refusal, type Route } from "./exchange"
import { answeredInstead } from "./gate"
import { prefixOf } from "./key-store"
import { promptOfMessages } from "./messages"
import { checkMessage } from "./messages/checked"
import { parseBody, parseQuery } from "./parse"
import { token } from "./random"
import { requireSpending } from "./spending"

const createSchema = z.object({
  requests: z
    .array(
      z.object({
        custom_id: z.string().min(1).max(64),
        params: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1)
    .max(100_000),
})
type Requests = z.infer<typeof createSchema>["requests"]

/** The requests of a batch, each checked as if it had come by itself. */
function checkedRequests(exchange: Exchange, requests: Requests): Batch["requests"] {
  const { catalogue, rules } = exchange.simulator
  const ids = new Set<string>()
  return requests.map(({ custom_id: customId, params }, index) => {
    const path = `requests.${index}`
    if (ids.has(customId)) {
      const message = `${path}.custom_id: Duplicate custom_id '${customId}'`
      refuseBody(exchange, [{ path: `${path}.custom_id`, message }])
    }
    ids.add(customId)
    const checked = checkMessage(catalogue, params)
    if (checked.request) {
      const { request, model, operation } = checked
      const plan = rules.planFor(promptOfMessages(params))
      return { customId, request, model, operation, plan }
    }
    const errors = checked.errors.map((error) => ({
      path: `${path}.params.${error.path}`,
      message: error.message,
    }))
    refuseBody(exchange, errors)
    throw new Refusal(400)
  })
}

async function create(exchange: Exchange): Promise<void> {
  exchange.requireKey()
  const { requests } = await parseBody(exchange, createSchema)
  exchange.entry.prompt = promptOfMessages(requests[0]?.params ?? {})
  const checked = checkedRequests(exchange, requests)
  const [first] = checked
  if (!first) throw new Refusal(400)
  exchange.model = first.model
  requireSpending(exchange, "messages")
  if (await answeredInstead(exchange, first.plan)) return exchange.failed()
  const id = token(exchange.inferenceId, 21)
  const batch: Batch = {
    id,
    createdAt: Date.now(),
    job: first.plan.job,
    requests: checked,
    clientRequestId: exchange.clientRequestId,
    keyPrefix: prefixOf(exchange.bearer),
    isCharged: false,
  }
  batchesIn(exchange.simulator).set(id, batch)
  exchange.response.setHeader("x-inference-id", id)
  exchange.sendJson(200, batchBody(batch, "in_progress"))
}

function findBatch(exchange: Exchange, id: string): Batch {
  const batch = batchesIn(exchange.simulator).get(id)
  exchange.response.removeHeader("x-inference-id")
  if (!batch) throw new Refusal(404, `Batch with id '${id}' not found`)
  exchange.response.setHeader("x-inference-id", id)
  return batch
}

function look(exchange: Exchange): void {
  exchange.requireKey()
  const { batch_id: id } = parseQuery(exchange, z.object({ batch_id: z.string().min(1) }))
  const batch = findBatch(exchange, id)
  settleBatch(batch, exchange.simulator.ledger)
  if (isOver(batch)) {
    const lines = batchResults(batch).map((line) => `${JSON.stringify(line)}\n`)
    exchange.begin(200, "application/x-jsonl; charset=utf-8")
    exchange.response.end(lines.join(""))
  } else if (batch.cancelledAt !== undefined) {
    exchange.sendJson(200, { ...batchBody(batch, "ended"), status: "cancelled" })
  } else {
    // The upstream tells of a running batch in two ways; here the second follows on the first.
    const isWaiting = Date.now() < batch.createdAt + batch.job.queueMs
    const running = { id, status: "generating" }
    exchange.sendJson(200, isWaiting ? batchBody(batch, "in_progress") : running)
  }
}

function cancel(exchange: Exchange, [id = ""]: string[]): void {
  exchange.requireKey()
  const batch = findBatch(exchange, id)
  if (isOver(batch) || batch.cancelledAt !== undefined) {
    const message = `Batch ${id} cannot be canceled because it has already ended.`
    const error = { type: "error", error: { type: "invalid_request_error", message } }
    throw new Refusal(400, `400 ${JSON.stringify(error)}`)
  }
  batch.cancelledAt = Date.now()
  exchange.sendJson(200, batchBody(batch, "canceling"))
}

export const batchRoutes: Route[] = [
  { method: "POST", path: /^(?:\/v1)?\/batches$/, handle: create },
  { method: "GET", path: /^(?:\/v1)?\/batches$/, handle: look },
  { method: "POST", path: /^(?:\/v1)?\/batches\/cancel\/([^/]+)$/, handle: cancel },
]
