import "server-only"
import type { Progress } from "../aiml/protocol"
import { withDeadline } from "../base/deadline"
import type { Work } from "../db/generations"
import { aiml } from "../upstream/aiml"
import { askedModel } from "../upstream/offered-models"
import { findInputs, toInputs } from "./inputs"

/** Models that answer at once take as long as they take; a look is quick. */
const submitMs = 15 * 60_000
const checkMs = 45_000

/** What a step brought, and by which protocol it is to be asked about. */
export type Step = Progress & { protocol: string }

/** Asks the model, once. The books of the service know it by the generation's id. */
export async function submit(work: Work): Promise<Step> {
  const model = await askedModel(work.model)
  const inputs = toInputs(work.prompt, await findInputs(work.user, work.inputs))
  return await withDeadline(submitMs, undefined, (abortSignal) =>
    aiml().start(model, { inputs, params: work.params, requestId: work.id, abortSignal }),
  )
}

/** Asks how far it is. */
export async function check(work: Work, protocol: string, reference: string): Promise<Step> {
  const progress = await withDeadline(checkMs, undefined, (abortSignal) =>
    aiml().check({ protocol, reference }, { requestId: work.id, abortSignal }),
  )
  return { ...progress, protocol }
}
