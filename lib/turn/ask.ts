import "server-only"
import type { ModelMessage } from "ai"
import type { TextEvent } from "../aiml/text/text"
import { AppError } from "../base/errors"
import { newId } from "../base/id"
import type { Json } from "../base/json"
import { keepOutput } from "../media/keep-output"
import { plainText, type WholePart } from "../message/parts"
import type { Model } from "../models/model"
import { sumUsd } from "../models/money"
import { toPart } from "../tools/search-cards"
import { aiml } from "../upstream/aiml"
import { askedModel } from "../upstream/offered-models"
import { make } from "./ask-media"
import { inputRoom } from "./context-window"
import { prepareTools, type ToolUse } from "./prepare-tools"
import { toModelMessages } from "./to-model"
import { asText, type End, type Listener, notSent, type Question } from "./turn-event"

const timeouts = { firstMs: 60_000, idleMs: 90_000, totalMs: 15 * 60_000 }
/** How often a model may be asked anew with what its tools brought. */
const mostSteps = 6

/** Asks the model of a turn, in whatever protocol it speaks. Throws AppError. */
export async function ask(question: Question, listener: Listener): Promise<End> {
  const model = await askedModel(question.model)
  const form = await aiml().form(model)
  if (!form.isText) return await make(model, question, listener)
  const { $slots: _places, $tools: wantsTools, ...params } = question.params
  const maxOutputTokens = outputLimit(model)
  const told = await toModelMessages(question.user, question.path, {
    kinds: new Set(form.files.map(({ kind }) => kind)),
    roomTokens: inputRoom(model.contextTokens, maxOutputTokens),
  })
  const use =
    form.usesTools && wantsTools !== false
      ? await prepareTools(question, (part) => listener.part(part))
      : null
  const leftOut = [...told.leftOut]
  let isNoted = false
  // Before the first word, when it is known what could not be said.
  const note = () => {
    if (isNoted) return
    isNoted = true
    if (told.asText.length > 0) listener.part(asText(told.asText))
    if (leftOut.length > 0) listener.part(notSent(leftOut))
  }
  const events = aiml().answer(model, {
    messages: [...told.messages, ...goOn(question)],
    params,
    maxOutputTokens,
    ...(use && Object.keys(use.tools).length > 0 && { tools: use.tools, mostSteps }),
    requestId: newId(),
    abortSignal: question.signal,
    timeouts,
    onLeftOut: (words) => leftOut.push(...words),
    onWord({ type, delta }) {
      note()
      listener.word(type, delta)
    },
  })
  for await (const event of events) {
    note()
    if (event.type === "end") {
      for (const part of use?.findings() ?? []) listener.part(part)
      return { ...event, costUsd: sumUsd([event.costUsd, use?.totalUsd() ?? null]) }
    }
    const part = await toWholePart(event, question, model, use)
    if (part) listener.part(part)
  }
  throw new AppError("model_cut")
}

async function toWholePart(
  event: Exclude<TextEvent, { type: "end" }>,
  { user }: Question,
  model: Model,
  use: ToolUse | null,
): Promise<WholePart | null> {
  switch (event.type) {
    case "data":
      return toPart(event) ?? event
    case "tool-call": {
      const { id: callId, name } = event
      // Came from JSON that the model wrote.
      const input = (event.input ?? null) as Json
      return { type: "tool-call", callId, name, input }
    }
    case "tool-result": {
      const { id: callId, error } = event
      const { durationMs } = use?.took(callId) ?? { durationMs: 0 }
      const output = (event.output ?? null) as Json // a tool of ours gave it
      return { type: "tool-result", callId, output, error, durationMs }
    }
    case "sound": {
      const { bytes, mediaType } = event
      return await keepOutput(user, { bytes, mediaType, name: `${model.name} audio` })
    }
    default:
      return null
  }
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
