import "server-only"
import { AppError, retryOf } from "../base/errors"
import { beginSubmission, claimGeneration, keepProgress, renewLease } from "../db/generation-states"
import { getWork, type Work } from "../db/generations"
import { errorFields, log } from "../server/log"
import { owner } from "../server/process-id"
import { later } from "../server/queue"
import { finish, tellProgress } from "./finish"
import { check, submit } from "./steps"
import { underWay } from "./under-way"

const renewEveryMs = 10_000
/** A generation that takes longer than this fails. */
const longestMs = 40 * 60_000
/** The polling interval grows with the age of the generation. */
const pauses = { firstMs: 1_000, longestMs: 10_000 }
/** Consecutive polls that may fail. */
const failuresAllowed = 8

/** Runs the next step of a generation, unless another process holds it or it is not due. Never throws. */
export async function advance(id: string, goneOwners: readonly string[] = []): Promise<void> {
  await guarded(id, () => claimGeneration(id, owner, goneOwners))
}

/** The same for a generation this process has just created and already holds. */
export async function advanceHeld(id: string): Promise<void> {
  await guarded(id, () => getWork(id))
}

async function guarded(id: string, take: () => Promise<Work | null>): Promise<void> {
  let renewal: NodeJS.Timeout | undefined
  underWay.steps += 1
  try {
    const work = await take()
    if (!work) return
    renewal = setInterval(() => void renewLease(id, owner).catch(() => false), renewEveryMs)
    await step(work)
  } catch (error) {
    // Its lease expires, and then it is due again.
    log("warn", "generation-step-failed", { generationId: id, ...errorFields(error) })
  } finally {
    clearInterval(renewal)
    underWay.steps -= 1
  }
}

/** Submits a new generation, polls a running one, and fails one whose submission was interrupted. */
async function step(work: Work): Promise<void> {
  const ageMs = Date.now() - Date.parse(work.createdAt)
  try {
    if (work.status === "queued") {
      if (!(await beginSubmission(work.id, owner))) return
      await goOn(work, await submit(work), ageMs)
    } else if (work.reference === null || work.protocol === null) {
      // The submitting process died and the result of the request is lost. It may have been charged, so it is never
      // submitted again.
      throw new AppError("job_unknown")
    } else {
      const progress = await check(work, work.protocol, work.reference)
      // Checked only after polling: it may have finished long ago without being polled.
      if (progress.state !== "done" && ageMs > longestMs) throw new AppError("model_silent")
      await goOn(work, progress, ageMs)
    }
  } catch (error) {
    await onFailure(work, error, ageMs)
  }
}

type Step = Awaited<ReturnType<typeof submit>>

async function goOn(work: Work, progress: Step, ageMs: number): Promise<void> {
  if (progress.state === "done") return await finish(work, progress)
  const { protocol, reference, facts } = progress
  const nextMs = Math.min(pauses.longestMs, Math.max(pauses.firstMs, ageMs / 2))
  await keepProgress(work.id, {
    ...{ protocol, reference, progress: progress.progress, queuePosition: progress.queuePosition },
    upstreamId: work.upstreamId ?? facts.upstreamId,
    failures: 0,
    nextMs,
  })
  await later(work.id, nextMs)
  const isNews =
    work.status !== "running" ||
    progress.progress !== work.progress ||
    progress.queuePosition !== work.queuePosition
  if (isNews && work.endedAt === null) {
    tellProgress({ ...work, ...progress, status: "running" })
  }
}

/** A failed poll is retried, since the task continues upstream; a failed submission is not. */
async function onFailure(work: Work, error: unknown, ageMs: number): Promise<void> {
  const failure = error instanceof AppError ? error : new AppError("internal", { cause: error })
  const failures = work.failures + 1
  const isLook = work.reference !== null
  const isTransient = !(error instanceof AppError) || retryOf(failure.code) === "later"
  if (isLook && isTransient && failures <= failuresAllowed && ageMs <= longestMs) {
    const nextMs = Math.min(pauses.longestMs, pauses.firstMs * 2 ** failures)
    await keepProgress(work.id, { failures, nextMs })
    return await later(work.id, nextMs)
  }
  log("warn", "generation-failed", {
    generationId: work.id,
    model: work.model,
    code: failure.code,
    ...errorFields(error),
  })
  await finish(work, failure)
}
