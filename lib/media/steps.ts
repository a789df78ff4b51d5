import "server-only"
import type { Progress } from "../aiml/protocol"
import type { Work } from "../db/generations"
import { askedModel } from "../server/offered-models"
import { aiml } from "../server/wiring"
import { findInputs, toInputs } from "./inputs"

/** Models that answer at once take as long as they take; a look is quick. */
const submitMs = 15 * 60_000
const checkMs = 45_000

/** What a step brought, and by which protocol it is to be asked about. */
export type Step = Progress & { protocol: string }

/** Asks the model, once. The books of the service know it by the generation's id. */
export async function submit(work: Work): Promise<Step> {
  const model = await askedModel(work.model)
  const inputs = await findInputs(work.user, work.inputs)
  return await aiml().start(model, {
    inputs: toInputs(work.prompt, inputs),
    params: work.params,
    requestId: work.id,
    abortSignal: AbortSignal.timeout(submitMs),
  })
}

/** Asks how far it is. */
export async function check(work: Work, protocol: string, reference: string): Promise<Step> {
  const context = { requestId: work.id, abortSignal: AbortSignal.timeout(checkMs) }
  return { ...(await aiml().check({ protocol, reference }, context)), protocol }
}
