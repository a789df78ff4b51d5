import { costOf } from "./catalogue"
import { type Charge, type Ledger, tokensIn } from "./ledger"
import type { Plan } from "./scenarios"

/** What a job ends in: the members of the finished task, made when somebody first asks for them. */
type Work = () => object | Promise<object>

interface Job {
  id: string
  startedAt: number
  plan: Plan["job"]
  charge: Charge
  clientRequestId: string | undefined
  work: Work
  result?: Promise<object>
  isCharged: boolean
}

export type JobState =
  | { status: "queued" | "generating" }
  | { status: "completed"; result: object; cost: ReturnType<typeof costOf> }
  | { status: "error"; error: { name: string; message: string } }

/** Tasks that are submitted and asked about later: video, music, transcription, batches. */
export class Jobs {
  private readonly jobs = new Map<string, Job>()

  start(job: Omit<Job, "startedAt" | "isCharged" | "result">): void {
    this.jobs.set(job.id, { ...job, startedAt: Date.now(), isCharged: false })
  }

  has(id: string): boolean {
    return this.jobs.has(id)
  }

  /** Where a job stands now. It is charged, once, when it is first seen completed. */
  async look(id: string, ledger: Ledger): Promise<JobState | undefined> {
    const job = this.jobs.get(id)
    if (!job) return undefined
    const { plan, charge, clientRequestId } = job
    const ageMs = Date.now() - job.startedAt
    if (ageMs < plan.queueMs) return { status: "queued" }
    if (plan.isEndless || ageMs < plan.queueMs + plan.generatingMs) return { status: "generating" }
    const booked = { model: charge.model.id, inferenceId: id, clientRequestId }
    if (plan.error) {
      if (!job.isCharged) {
        ledger.add({ ...booked, status: "failed", credits: 0, tokens: { input: 0, output: 0 } })
      }
      job.isCharged = true
      return { status: "error", error: plan.error }
    }
    const cost = costOf(charge.model, charge.amounts, charge.request)
    if (!job.isCharged) {
      const tokens = tokensIn(charge.amounts)
      ledger.add({ ...booked, status: "succeeded", credits: cost.credits_used, tokens })
    }
    job.isCharged = true
    job.result ??= Promise.resolve(job.work())
    return { status: "completed", result: await job.result, cost }
  }

  /** Takes a job away, as a cancellation does. False when it is not there. */
  remove(id: string): boolean {
    return this.jobs.delete(id)
  }
}
