import { costOf } from "../catalogue"
import { documentedMessages } from "../envelope"
import type { Ledger } from "../ledger"
import { defaultNumber } from "../members"
import { draftMessage, messageBody } from "../messages/message"
import type { Batch } from "./store"

const dayMs = 24 * 3_600_000

const endOf = ({ createdAt, job }: Batch) => createdAt + job.queueMs + job.generatingMs

/** Whether a batch has results, which an endless one never has. */
export function isOver(batch: Batch, now = Date.now()): boolean {
  return batch.cancelledAt === undefined && !batch.job.isEndless && now >= endOf(batch)
}

const isoTime = (time: number) => new Date(time).toISOString().replace("Z", "000+00:00")

/** A batch as it presents itself as long as it has no results to show. */
export function batchBody(
  { id, createdAt, requests, cancelledAt }: Batch,
  state: "in_progress" | "canceling" | "ended",
): object {
  const count = requests.length
  const hasEnded = state === "ended"
  const cancelledTime = cancelledAt === undefined ? null : isoTime(cancelledAt)
  return {
    id,
    type: "message_batch",
    processing_status: state,
    request_counts: {
      processing: hasEnded ? 0 : count,
      succeeded: 0,
      errored: 0,
      canceled: hasEnded ? count : 0,
      expired: 0,
    },
    ended_at: hasEnded ? cancelledTime : null,
    created_at: isoTime(createdAt),
    expires_at: isoTime(createdAt + dayMs),
    archived_at: null,
    cancel_initiated_at: cancelledTime,
    results_url: null,
  }
}

/** What keeps a request from succeeding: its own rule, or that of the whole batch. */
function failureOf(batch: Batch, { plan }: Batch["requests"][number]): string | undefined {
  if (batch.job.error) return batch.job.error.message
  return plan.instead?.name === "status"
    ? (plan.instead.message ?? documentedMessages[plan.instead.statusCode])
    : undefined
}

const drafts = ({ id, requests }: Batch) =>
  requests.map((entry) => {
    const defaultMaxTokens = defaultNumber(entry.operation, "max_tokens")
    const { customId, request, model, plan } = entry
    const draft = draftMessage(`${id} ${customId}`, request, model, plan, defaultMaxTokens)
    return { entry, draft }
  })

/** One line for each request, in the order in which they were sent. */
export function batchResults(batch: Batch): object[] {
  batch.results ??= drafts(batch).map(({ entry, draft }) => {
    const failure = failureOf(batch, entry)
    const result =
      failure === undefined
        ? { type: "succeeded", message: messageBody(draft, "batch") }
        : {
            type: "errored",
            error: { type: "error", error: { type: "api_error", message: failure } },
          }
    return { custom_id: entry.customId, result }
  })
  return batch.results
}

/** Books a batch once when it is over: half of what its messages would cost, a sum for each model. */
export function settleBatch(batch: Batch, ledger: Ledger): void {
  if (batch.isCharged || !isOver(batch)) return
  batch.isCharged = true
  const sums = new Map<string, { credits: number; input: number; output: number }>()
  for (const { entry, draft } of drafts(batch)) {
    if (failureOf(batch, entry) !== undefined) continue
    const { model } = entry
    const { input, output } = draft.used
    const { credits_used: credits } = costOf(model, { token: { input, output } })
    const sum = sums.get(model.id) ?? { credits: 0, input: 0, output: 0 }
    sums.set(model.id, {
      credits: sum.credits + credits / 2,
      input: sum.input + input,
      output: sum.output + output,
    })
  }
  const { id: inferenceId, clientRequestId, keyPrefix } = batch
  const booked = { inferenceId, clientRequestId, keyPrefix }
  for (const [model, { credits, ...tokens }] of sums) {
    ledger.add({ ...booked, model, status: "succeeded", credits: Math.ceil(credits), tokens })
  }
  const [first] = batch.requests
  if (sums.size > 0 || !first) return
  const tokens = { input: 0, output: 0 }
  ledger.add({ ...booked, model: first.model.id, status: "failed", credits: 0, tokens })
}
