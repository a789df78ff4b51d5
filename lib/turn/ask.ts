import "server-only"
import type { ModelMessage } from "ai"
import type { TextEvent } from "../aiml/text"
import type { Json } from "../fields"
import { newId } from "../id"
import type { Model } from "../models"
import { plainText } from "../parts"
import { askedModel } from "../server/offered-models"
import { aiml } from "../server/wiring"
import { toPart } from "../tools/found"
import { keepOutput } from "./keep-output"
import { make } from "./make"
import { prepareTools, type ToolUse } from "./prepare-tools"
import { toModelMessages } from "./to-model"
import { asText, notSent, type Question, type TurnEvent } from "./turn-event"
import { inputRoom } from "./window"

const timeouts = { firstMs: 60_000, idleMs: 90_000, totalMs: 15 * 60_000 }
/** How often a model may be asked anew with what its tools brought. */
const mostSteps = 6

/** Asks the model of a turn, in whatever protocol it speaks. Throws AppError. */
export async function* ask(question: Question): AsyncGenerator<TurnEvent> {
  const model = await askedModel(question.model)
  const form = await aiml().form(model)
  if (!form.isText) return yield* make(model, question)
  const { $slots: _places, $tools: wantsTools, ...params } = question.params
  const maxOutputTokens = outputLimit(model)
  const told = await toModelMessages(question.user, question.path, {
    kinds: new Set(form.files.map(({ kind }) => kind)),
    roomTokens: inputRoom(model.contextTokens, maxOutputTokens),
  })
  const use = form.usesTools && wantsTools !== false ? await prepareTools(question) : null
  const leftOut = [...told.leftOut]
  const events = aiml().answer(model, {
    messages: [...told.messages, ...goOn(question)],
    params,
    maxOutputTokens,
    ...(use && Object.keys(use.tools).length > 0 && { tools: use.tools, mostSteps }),
    requestId: newId(),
    abortSignal: question.signal,
    timeouts,
    onLeftOut: (words) => leftOut.push(...words),
  })
  let isTold = false
  for await (const event of events) {
    if (!isTold) {
      if (told.asText.length > 0) yield asText(told.asText)
      if (leftOut.length > 0) yield notSent(leftOut)
      isTold = true
    }
    yield* toEvents(event, question, model, use)
  }
}

async function* toEvents(
  event: TextEvent,
  { user }: Question,
  model: Model,
  use: ToolUse | null,
): AsyncGenerator<TurnEvent> {
  switch (event.type) {
    case "text":
    case "reasoning":
      return yield event
    case "end": {
      for (const part of use?.findings() ?? []) yield { type: "part", part }
      return yield { ...event, costUsd: sum(event.costUsd, use?.totalUsd() ?? null) }
    }
    case "data": {
      const part = toPart(event)
      return yield { type: "part", part: part ?? { ...event } }
    }
    case "tool-call": {
      const { id: callId, name } = event
      // Came from JSON that the model wrote.
      const input = (event.input ?? null) as Json
      return yield { type: "part", part: { type: "tool-call", callId, name, input } }
    }
    case "tool-result": {
      const { id: callId, error } = event
      const { durationMs } = use?.took(callId) ?? { durationMs: 0 }
      const output = (event.output ?? null) as Json // a tool of ours gave it
      const result = { type: "tool-result" as const, callId, output, error, durationMs }
      return yield { type: "part", part: result }
    }
    case "sound": {
      const { bytes, mediaType } = event
      const made = { bytes, mediaType, name: `${model.name} audio` }
      return yield { type: "part", part: await keepOutput(user, made) }
    }
  }
}

function sum(costUsd: number | null, more: number | null): number | null {
  return costUsd === null && more === null ? null : (costUsd ?? 0) + (more ?? 0)
}

const goOnWords =
  "Your answer above was cut off. Go on exactly where it stopped: begin with the very next word, repeat nothing, and add no introduction."

/** What brings a model to go on with a cut answer. */
function goOn({ begun }: Question): ModelMessage[] {
  const text = plainText(begun)
  if (text === "") return []
  return [
    { role: "assistant", content: text },
    { role: "user", content: goOnWords },
  ]
}

/**
 * Always said, since the vendor's own default crops answers at 512 tokens for some models. Half of a
 * small window at most, so that the question has room.
 */
function outputLimit(model: Model): number {
  const most = model.outputTokens ?? 8_192
  return Math.max(256, Math.min(most, Math.floor((model.contextTokens ?? 32_768) / 2)))
}
