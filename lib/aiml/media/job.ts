import { z } from "zod"
import { AppError } from "../../base/errors"
import { readFacts } from "../facts"
import { jobFailure } from "../http/failure"
import type { Output, Progress } from "../protocol"
import { countMedia } from "./media-result"

const text = z.string().nullish().catch(null)
const jobSchema = z.looseObject({
  id: z.coerce.string().nullish().catch(null),
  generation_id: z.coerce.string().nullish().catch(null),
  task_id: z.coerce.string().nullish().catch(null),
  status: text,
  state: text,
  progress: z.number().min(0).nullish().catch(null),
  queue_position: z.int().min(0).max(1_000_000).nullish().catch(null),
  error: z
    .union([z.string(), z.looseObject({ name: text, message: text, code: text })])
    .nullish()
    .catch(null),
  failure_reason: text,
})

const doneWords = /^(completed?|succeeded|success|done|finished|ready|ended)$/i
const failedWords =
  /^(error|errored|failed|failure|cancell?ed|expired|rejected|timeout|timed_out)$/i

/**
 * Parses a response about a task: running, done with the outputs found by `read`, or failed (throws). Services
 * differ in the names of the id and the states; any state that is neither done nor failed counts as running.
 * `referenceOf` makes the path for later polls from the opaque task id; poll responses often have no id and need
 * none.
 */
export function readJob(
  json: unknown,
  headers: Headers,
  referenceOf: (id: string | null) => string | null,
  read: (json: unknown) => Output[],
): Progress {
  const parsed = jobSchema.safeParse(json)
  if (!parsed.success) throw new AppError("model_garbled")
  const job = parsed.data
  const id = job.id || job.generation_id || job.task_id || null
  const state = job.status ?? job.state ?? ""
  const facts = readFacts(json, headers)
  const requestId = facts.upstreamId ?? id ?? undefined
  if (failedWords.test(state) || (job.error && !doneWords.test(state))) {
    throw jobFailure(errorWords(job), requestId)
  }
  const outputs = doneWords.test(state) || state === "" ? read(json) : []
  if (outputs.length > 0) {
    const units = { ...facts.units, ...countMedia(outputs) }
    return { state: "done", outputs, facts: { ...facts, units } }
  }
  if (doneWords.test(state)) throw new AppError("model_empty", requestId ? { requestId } : {})
  const reference = referenceOf(id)
  if (!reference) throw new AppError("model_garbled", { cause: "a task without an id" })
  // For asynchronous tasks the task id is also the inference id.
  const upstreamId = facts.upstreamId ?? id
  const progress =
    job.progress == null ? null : Math.min(1, job.progress / (job.progress > 1 ? 100 : 1))
  const queuePosition = job.queue_position ?? null
  return { state: "running", reference, progress, queuePosition, facts: { ...facts, upstreamId } }
}

function errorWords(job: z.infer<typeof jobSchema>): string {
  if (typeof job.error === "string") return job.error
  const { name, message, code } = job.error ?? {}
  return [name ?? code, message, job.failure_reason].filter(Boolean).join(": ")
}
