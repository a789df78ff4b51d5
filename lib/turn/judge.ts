import "server-only"
import type { Params } from "../base/json"
import { untilAborted } from "../base/until-aborted"
import type { BegunTurn } from "../db/turns"
import { type Judgement, judgementPart, refusal, unjudged, wordsIn } from "../message/judgement"
import { plainText } from "../message/parts"
import { sumUsd } from "../models/money"
import { isModerated, moderate } from "../moderation/moderate"
import { ask } from "./ask"
import type { End, Listener, Question } from "./turn-event"

/** What the guard says of a turn's question, once for all its answers, which share the cost. */
export type Judging = Promise<Judgement | null>

/** Has the guard look at the question of a turn; null where there is none. */
export function judge(turn: BegunTurn, params: readonly Params[]): Judging | null {
  if (!isModerated()) return null
  const parts = unjudged(turn.path).flatMap((said) => said.parts)
  const judging = moderate({
    user: turn.user,
    text: [plainText(parts), ...params.flatMap(wordsIn)].join("\n\n"),
    files: parts.filter((part) => part.type === "file"),
  })
  // An answer that was stopped does not wait for it.
  judging.catch(() => undefined)
  return judging
}

/** Asks the model of a turn if the guard lets the question pass. Throws AppError. */
export async function askIfAllowed(
  judging: Judging | null,
  share: number,
  question: Question,
  listener: Listener,
): Promise<End> {
  const judgement = judging && (await untilAborted(judging, question.signal))
  if (!judgement) return await ask(question, listener)
  const costUsd = judgement.costUsd && judgement.costUsd / share
  if (!judgement.isSafe) return refused(judgement, costUsd, listener)
  const end = await ask(question, listener)
  return { ...end, costUsd: sumUsd([end.costUsd, costUsd]) }
}

function refused(judgement: Judgement, costUsd: number | null, listener: Listener): End {
  listener.part(judgementPart(judgement, "question"))
  const { code, message } = refusal(judgement, "question")
  return {
    reason: "filtered",
    finishReason: null,
    error: { code, message },
    usage: null,
    units: {},
    costUsd,
    upstreamId: null,
  }
}
