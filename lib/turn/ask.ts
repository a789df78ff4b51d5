import "server-only"
import type { ModelMessage } from "ai"
import { newId } from "../base/id"
import type { Json } from "../base/json"
import { keepOutput } from "../media/keep-output"
import { plainText } from "../message/parts"
import type { Model } from "../models/model"
import { sumUsd } from "../models/money"
import { toPart } from "../tools/search-cards"
import { aiml } from "../upstream/aiml"
import { askedModel } from "../upstream/offered-models"
import { askMedia } from "./ask-media"
import { inputRoom } from "./context-window"
import { prepareTools } from "./prepare-tools"
import { toModelMessages } from "./to-model"
import { asText, type End, type Listener, notSent, type Question } from "./turn-event"

const timeouts = { firstMs: 60_000, idleMs: 90_000, totalMs: 15 * 60_000 }
/** How often a model may be asked anew with what its tools brought. */
const mostSteps = 6

/** Asks the model of a turn, in whatever protocol it speaks. Throws AppError. */
export async function ask(question: Question, listener: Listener): Promise<End> {
  const model = await askedModel(question.model)
  const form = await aiml().form(model)
  if (!form.isText) return await askMedia(model, question, listener)
  const { $slots: _places, $tools: wantsTools, ...params } = question.params
  const maxOutputTokens = outputLimit(model)
  const told = await toModelMessages(question.user, question, {
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
  const end = await aiml().answer(
    model,
    {
      messages: [...told.messages, ...goOn(question)],
      params,
      maxOutputTokens,
      ...(use && Object.keys(use.tools).length > 0 && { tools: use.tools, mostSteps }),
      requestId: newId(),
      abortSignal: question.signal,
      timeouts,
      onLeftOut: (words) => leftOut.push(...words),
    },
    {
      word(type, delta) {
        note()
        listener.word(type, delta)
      },
      toolCall({ id: callId, name, input }) {
        note()
        listener.part({ type: "tool-call", callId, name, input: input as Json }) // from JSON
      },
      toolResult({ id: callId, output, error }) {
        const { durationMs } = use?.took(callId) ?? { durationMs: 0 }
        const json = (output ?? null) as Json // our tools give JSON
        listener.part({ type: "tool-result", callId, output: json, error, durationMs })
      },
    },
  )
  note()
  const { data, sound, ...facts } = end
  for (const { label, value } of data) listener.part(toPart({ label, value }))
  if (sound) {
    listener.part(await keepOutput(question.user, { ...sound, name: `${model.name} audio` }))
  }
  for (const part of use?.findings() ?? []) listener.part(part)
  return { ...facts, costUsd: sumUsd([facts.costUsd, use?.totalUsd() ?? null]) }
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
