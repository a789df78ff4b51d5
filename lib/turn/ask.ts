import "server-only"
import { newId } from "../id"
import type { Model } from "../models"
import { askedModel } from "../server/offered-models"
import { aiml } from "../server/wiring"
import { keepOutput } from "./keep-output"
import { make } from "./make"
import { toModelMessages } from "./to-model"
import { notSent, type Question, type TurnEvent } from "./turn-event"

/** Asks the model of a turn, in whatever protocol it speaks. Throws AppError. */
export async function* ask(question: Question): AsyncGenerator<TurnEvent> {
  const model = await askedModel(question.model)
  const form = await aiml().form(model)
  if (!form.isText) return yield* make(model, question)
  const takes = new Set(form.files.map(({ kind }) => kind))
  const { messages, leftOut } = await toModelMessages(question.user, question.path, takes)
  const { $slots: _places, ...params } = question.params
  const events = aiml().answer(model, {
    messages,
    params,
    maxOutputTokens: outputLimit(model),
    requestId: newId(),
    abortSignal: question.signal,
    timeouts: { firstMs: 60_000, idleMs: 90_000, totalMs: 15 * 60_000 },
    onLeftOut: (words) => leftOut.push(...words),
  })
  let isTold = false
  for await (const event of events) {
    if (!isTold && leftOut.length > 0) yield notSent(leftOut)
    isTold = true
    if (event.type === "text" || event.type === "reasoning" || event.type === "end") yield event
    else if (event.type === "data") yield { type: "part", part: { ...event } }
    else if (event.type === "sound") {
      const { bytes, mediaType } = event
      const made = { bytes, mediaType, name: `${model.name} audio` }
      yield { type: "part", part: await keepOutput(question.user, made) }
    }
  }
}

/**
 * Always said, since the vendor's own default crops answers at 512 tokens for some models. Half of a
 * small window at most, so that the question has room.
 */
function outputLimit(model: Model): number {
  const most = model.outputTokens ?? 8_192
  return Math.max(256, Math.min(most, Math.floor((model.contextTokens ?? 32_768) / 2)))
}
