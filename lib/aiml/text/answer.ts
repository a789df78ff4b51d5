import type {
  LanguageModelV4,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4ToolChoice,
} from "@ai-sdk/provider"
import type { ModelMessage, Output, ToolSet } from "ai"
import { AppError } from "../../base/errors"
import type { Json } from "../../base/json"
import { untilAborted } from "../../base/until-aborted"
import { toFailure } from "../http/failure"
import { type ChatTimeouts, createWatchdog } from "../http/watchdog"
import { addStep, type HowItEnded, type StepEnd } from "./answer-end"
import { toPrompt } from "./prompt"
import { createStepContent } from "./step-content"
import { createStreamExtras } from "./stream-extras"
import { describeTools, type Exchange, runCall } from "./tools"

/** What streams an answer: the part of the AI SDK's provider interface that is used here. */
export type StreamingModel = Pick<LanguageModelV4, "doStream">

export type TextRequest = {
  /** What the model is to be and do, apart from the conversation. */
  instructions?: string
  messages: ModelMessage[]
  maxOutputTokens: number
  tools?: ToolSet
  toolChoice?: LanguageModelV4ToolChoice
  /** How many times the model may be asked, each time with the results of its tools; 1 by default. */
  mostSteps?: number
  /** Asks for an answer in JSON by this schema. */
  output?: Output.Output
  requestId: string
  abortSignal: AbortSignal
  timeouts: ChatTimeouts
}

export type ToolCall = { id: string; name: string; input: unknown }
/** `error` says why a tool failed; null when it did not. */
export type ToolResult = { id: string; output: unknown; error: string | null }

/** Hears an answer while it comes. Called thousands of times a second: must not block. */
export type AnswerListener = {
  word(type: "text" | "reasoning", delta: string): void
  toolCall(call: ToolCall): void
  toolResult(result: ToolResult): void
}

/** How an answer ended, its facts, and what came besides words. */
export type AnswerEnd = HowItEnded & {
  data: { label: string; value: Json }[]
  sound: { bytes: Uint8Array; mediaType: string } | null
}

/**
 * Asks a model and streams its answer to the listener, step by step while it calls tools. Resolves only after
 * the upstream said why the answer ended. Throws AppError; what the listener heard before is still good.
 */
export async function streamAnswer(
  model: StreamingModel,
  request: TextRequest,
  listener: AnswerListener,
): Promise<AnswerEnd> {
  const watchdog = createWatchdog(request.timeouts, request.abortSignal)
  const ears = guarded(listener, watchdog)
  try {
    const end = await untilAborted(
      askInSteps(model, request, ears, watchdog.signal, watchdog.feed),
      watchdog.signal,
    )
    watchdog.end()
    if (ears.heardNothing && end.data.length === 0 && !end.sound && end.reason === "complete") {
      throw new AppError(
        "model_empty",
        end.upstreamId === null ? {} : { requestId: end.upstreamId },
      )
    }
    return end
  } catch (error) {
    watchdog.abort()
    throw watchdog.failure() ?? toFailure(error)
  }
}

type Ears = AnswerListener & { readonly heardNothing: boolean }

/** A listener that keeps the watchdog calm, hears nothing after an abort, and notes whether anything was said. */
function guarded(listener: AnswerListener, watchdog: ReturnType<typeof createWatchdog>): Ears {
  let heardNothing = true
  const { signal } = watchdog
  return {
    get heardNothing() {
      return heardNothing
    },
    word(type, delta) {
      if (signal.aborted || delta === "") return
      watchdog.feed()
      heardNothing &&= type === "reasoning" || delta.trim() === ""
      listener.word(type, delta)
    },
    toolCall(call) {
      if (signal.aborted) return
      watchdog.feed()
      heardNothing = false
      listener.toolCall(call)
    },
    toolResult(result) {
      if (signal.aborted) return
      watchdog.feed()
      listener.toolResult(result)
    },
  }
}

/** The loop of steps: ask, run the tools that were called, ask again with their results. */
async function askInSteps(
  model: StreamingModel,
  request: TextRequest,
  listener: AnswerListener,
  signal: AbortSignal,
  onInput: () => void,
): Promise<AnswerEnd> {
  const { messages, instructions, tools, toolChoice, mostSteps = 1 } = request
  const prompt = toPrompt(messages, instructions)
  const described = tools && (await describeTools(tools))
  const responseFormat = await request.output?.responseFormat
  const extras = createStreamExtras()
  let end: HowItEnded | null = null
  for (let step = 1; ; step++) {
    const isLast = step >= mostSteps
    // After tools the model has to speak in the last step; a call that it makes all the same is not heard.
    const choice = isLast && mostSteps > 1 ? ({ type: "none" } as const) : toolChoice
    const { stream, response } = await model.doStream({
      prompt,
      maxOutputTokens: request.maxOutputTokens,
      ...(described && { tools: described, toolChoice: choice ?? { type: "auto" } }),
      ...(responseFormat && { responseFormat }),
      headers: { "x-client-request-id": request.requestId },
      abortSignal: signal,
      includeRawChunks: true,
    })
    const mayCall = choice?.type === "none" ? {} : tools
    const heard = await hearStep(stream, extras, mayCall ?? {}, listener, signal, onInput)
    const { costUsd, isIncomplete } = extras.endStep()
    end = addStep(end, { ...heard.finish, headers: response?.headers, costUsd, isIncomplete })
    if (isLast || heard.next.length === 0) return { ...end, ...extras.all() }
    prompt.push(...heard.next)
  }
}

type Heard = {
  finish: Pick<StepEnd, "finishReason" | "usage">
  /** What the model is told next: its own words and the results of its calls; nothing without calls. */
  next: LanguageModelV4Prompt
}

/** Reads one step to its end and waits for the tools that it called. */
async function hearStep(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  extras: ReturnType<typeof createStreamExtras>,
  tools: ToolSet,
  listener: AnswerListener,
  signal: AbortSignal,
  onInput: () => void,
): Promise<Heard> {
  const content = Object.keys(tools).length > 0 ? createStepContent() : null
  const calls: Promise<Exchange>[] = []
  let finish: Heard["finish"] | null = null
  const reader = stream.getReader()
  const cancel = () => void reader.cancel().catch(() => undefined)
  signal.addEventListener("abort", cancel)
  try {
    for (;;) {
      const { value: part, done } = await reader.read()
      if (done) break
      content?.add(part)
      if (part.type === "text-delta") listener.word("text", part.delta)
      else if (part.type === "reasoning-delta") listener.word("reasoning", part.delta)
      else if (part.type === "raw") extras.read(part.rawValue)
      else if (part.type === "tool-call" && content) {
        calls.push(runCall(part, tools, listener, signal))
      } else if (part.type === "tool-input-delta") onInput()
      else if (part.type === "finish") finish = part
      else if (part.type === "error") throw part.error
    }
  } finally {
    signal.removeEventListener("abort", cancel)
  }
  if (!finish) throw new AppError("model_cut")
  const exchanges = await Promise.all(calls)
  if (!content || exchanges.length === 0) return { finish, next: [] }
  for (const { input, result } of exchanges) content.setInput(result.toolCallId, input)
  const results = exchanges.map(({ result }) => result)
  return { finish, next: [content.message(), { role: "tool", content: results }] }
}
