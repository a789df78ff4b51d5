import "server-only"
import type { Progress } from "../aiml/protocol"
import { withDeadline } from "../base/deadline"
import type { Work } from "../db/generations"
import { aiml } from "../upstream/aiml"
import { askedModel } from "../upstream/offered-models"
import { findInputs, toInputs } from "./inputs"

/** Synchronous models need as long as the generation takes; polls are quick. */
const submitMs = 15 * 60_000
const checkMs = 45_000

/** The outcome of a step and the protocol for later polls. */
export type Step = Progress & { protocol: string }

/** Submits to the model, exactly once. The generation's id is the request id in the upstream's billing. */
export async function submit(work: Work): Promise<Step> {
  const model = await askedModel(work.model)
  const inputs = toInputs(work.prompt, await findInputs(work.user, work.inputs))
  return await withDeadline(submitMs, undefined, (abortSignal) =>
    aiml().start(model, { inputs, params: work.params, requestId: work.id, abortSignal }),
  )
}

/** Polls the progress. */
export async function check(work: Work, protocol: string, reference: string): Promise<Step> {
  const progress = await withDeadline(checkMs, undefined, (abortSignal) =>
    aiml().check({ protocol, reference }, { requestId: work.id, abortSignal }),
  )
  return { ...progress, protocol }
}
