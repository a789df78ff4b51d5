import {
  type FinishReason,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  type Output,
  stepCountIs,
  streamText,
  type TextStreamPart,
  type ToolChoice,
  ToolChoiceViolationError,
  type ToolSet,
} from "ai"
import { AppError } from "../../base/errors"
import type { Json } from "../../base/json"
import { cutText } from "../../base/postgres-text"
import { plausibleUsage, readFacts } from "../facts"
import { toFailure } from "../http/failure"
import { type ChatTimeouts, createWatchdog } from "../http/watchdog"
import type { Facts, Usage } from "../protocol"
import { createQueue, type Queue } from "./queue"
import { askOnce, type StepPart } from "./single-step"
import { type BesideReader, besideReader } from "./stream-extras"
import type { Word, Words } from "./words"

export type TextRequest = {
  /** What the model is to be and do; told apart from what is said. */
  instructions?: string
  messages: ModelMessage[]
  maxOutputTokens: number
  tools?: ToolSet
  toolChoice?: ToolChoice<ToolSet>
  /** How often the model may be asked anew with what its tools brought; 1 unless said. */
  mostSteps?: number
  /** Asks for an answer in JSON by this schema. */
  output?: Output.Output
  requestId: string
  abortSignal: AbortSignal
  timeouts: ChatTimeouts
  /** Told of each word at once; then words are no events. Thousands of them cost less that way. */
  onWord?: (word: Word) => void
}

/** An answer as it comes. `end` is the last event and comes only after the upstream said why it ended. */
export type TextEvent =
  | { type: "text"; delta: string }
  | { type: "reasoning"; delta: string }
  | { type: "tool-call"; id: string; name: string; input: unknown }
  /** `error` says in words why a tool failed; null when it did not. */
  | { type: "tool-result"; id: string; output: unknown; error: string | null }
  | { type: "sound"; bytes: Uint8Array; mediaType: string }
  | { type: "data"; label: string; value: Json }
  | AnswerEnd

type AnswerEnd = {
  type: "end"
  reason: "complete" | "length" | "filtered"
  finishReason: string
} & Facts

/** Characters of the upstream's word for why an answer ended. */
const longestReason = 100

/**
 * Streams one answer; `words` is what the model's protocol brings around the SDK. Throws AppError; what
 * came before the throw stands.
 */
export async function* streamAnswer(
  model: LanguageModel,
  request: TextRequest & { words: Words },
): AsyncGenerator<TextEvent> {
  const { timeouts, requestId, abortSignal, mostSteps = 1, words, onWord, ...asked } = request
  const watchdog = createWatchdog(timeouts, abortSignal)
  const queue = createQueue<TextEvent>()
  let isOver = false
  let isEmpty = true
  // Whether or not what is under way heeds the signal.
  watchdog.signal.addEventListener("abort", () => queue.close(new AppError("model_cut")))
  try {
    const call = {
      ...asked,
      abortSignal: watchdog.signal,
      headers: { "x-client-request-id": requestId },
    }
    const isOnce = !asked.tools && !asked.output
    const stream = isOnce
      ? askOnce(model, call)
      : streamText({
          ...call,
          model,
          // What may be sent again is known where it is sent.
          maxRetries: 0,
          stopWhen: stepCountIs(mostSteps),
          // In the last step it has to speak.
          prepareStep: ({ stepNumber }) =>
            mostSteps > 1 && stepNumber >= mostSteps - 1 ? { toolChoice: "none" } : {},
          // What the SDK's own reading drops (dollars, sources, sound) is read from the chunks themselves.
          include: { rawChunks: true },
          // The SDK prints errors by default, prompts and all. They are thrown below instead.
          onError: () => undefined,
        }).stream
    const say = (word: Word) => {
      watchdog.feed()
      isEmpty &&= word.type === "reasoning" || word.delta.trim() === ""
      if (onWord) onWord(word)
      else queue.push(word)
    }
    void listen(stream, words, queue, say)
    for await (const event of queue.events()) {
      watchdog.feed()
      isOver = event.type === "end"
      if (event.type === "end") failIfNothing(event, isEmpty)
      else isEmpty &&= event.type === "reasoning" || event.type === "text"
      yield event
      if (isOver) return
    }
    throw new AppError("model_cut")
  } catch (error) {
    throw watchdog.failure() ?? toFailure(error)
  } finally {
    if (isOver) watchdog.end()
    else watchdog.abort()
  }
}

/** An answer without a word that ended well was paid for and is none. */
function failIfNothing({ reason, upstreamId }: AnswerEnd, isEmpty: boolean): void {
  if (!isEmpty || reason !== "complete") return
  throw new AppError("model_empty", upstreamId === null ? {} : { requestId: upstreamId })
}

/** Puts what the SDK tells, and what goes around it, into one order. */
async function listen(
  stream: AsyncIterable<TextStreamPart<ToolSet> | StepPart>,
  words: Words,
  queue: Queue<TextEvent>,
  say: (word: Word) => void,
): Promise<void> {
  const beside = besideReader()
  const steps = countSteps()
  let begun = 0
  let early: Word[] = []
  words.listen((word) => {
    // Words of a step that the SDK has not announced yet come after what it still has to tell.
    if (begun < words.steps) early.push(word)
    else say(word)
  })
  try {
    for await (const part of stream) {
      if (part.type === "start-step") {
        begun += 1
        for (const word of early) say(word)
        early = []
      }
      if (part.type === "error" && isDisobedience(part.error)) {
        steps.letEnd()
        continue
      }
      if (part.type === "finish-step") steps.add(part, beside.takeCostUsd())
      if (part.type === "finish") {
        for (const event of beside.rest()) queue.push(event)
        queue.push(steps.end(beside.isIncomplete()))
      }
      const event = toEvent(part, beside, words.steps > 0)
      if (event?.type === "text" || event?.type === "reasoning") say(event)
      else if (event) queue.push(event)
    }
    queue.close()
  } catch (error) {
    queue.close(error)
  }
}

/** `isHeard`: words come around the SDK, which repeats them. */
function toEvent(
  part: TextStreamPart<ToolSet> | StepPart,
  beside: BesideReader,
  isHeard: boolean,
): TextEvent | null {
  switch (part.type) {
    case "raw": {
      const thought = beside.read(part.rawValue)
      return isHeard || thought === "" ? null : { type: "reasoning", delta: thought }
    }
    case "text-delta":
      return isHeard || part.text === "" ? null : { type: "text", delta: part.text }
    case "reasoning-delta":
      return isHeard || part.text === "" ? null : { type: "reasoning", delta: part.text }
    case "tool-call":
      return { type: "tool-call", id: part.toolCallId, name: part.toolName, input: part.input }
    case "tool-result":
      return { type: "tool-result", id: part.toolCallId, output: part.output, error: null }
    case "tool-error":
      return {
        type: "tool-result",
        id: part.toolCallId,
        output: null,
        error: inWords(part.error),
      }
    case "error":
      throw part.error
    case "abort":
      throw new AppError("model_cut")
    default:
      return null
  }
}

/** It was told to speak and called a tool once more: what it said until then is its answer. */
function isDisobedience(error: unknown): boolean {
  if (!ToolChoiceViolationError.isInstance(error)) return false
  return error.toolChoice.type === "none" && error.finishReason === "tool-calls"
}

// Our own words are for people; what a library says of a wrong input is for the model.
function inWords(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 500) : "The tool failed."
}

type StepEnd = Extract<StepPart, { type: "finish-step" }>

/** Adds up what the steps of an answer used; tells how the last one ended. */
function countSteps() {
  let usage: Usage | null = null
  let costUsd: number | null = null
  let last: StepEnd | null = null
  let mayEnd = false
  return {
    /** The next step ends as it does, though the SDK calls that an error. */
    letEnd() {
      mayEnd = true
    },
    /** Throws when the step broke. */
    add(step: StepEnd, stepUsd: number | null): void {
      if (!mayEnd && !isEnd(step)) throw new AppError("model_cut")
      if (step.rawFinishReason === "error") throw new AppError("model_failed")
      last = step
      usage = addUsage(usage, toUsage(step.usage))
      if (stepUsd !== null) costUsd = (costUsd ?? 0) + stepUsd
    },
    end(isIncomplete: boolean): TextEvent {
      if (!last) throw new AppError("model_cut")
      const reason = endReason(last.finishReason, last.rawFinishReason)
      return {
        type: "end",
        reason: reason === "complete" && isIncomplete ? "length" : reason,
        finishReason: cutText(last.rawFinishReason ?? last.finishReason, longestReason),
        usage,
        units: {},
        costUsd,
        upstreamId: last.response.headers?.["x-inference-id"] ?? null,
      }
    },
  }
}

const madeUp: ReadonlySet<FinishReason> = new Set(["other", "interrupted", "error"])

/** Where a stream just stops the providers make up an end, which has no word of the protocol behind it. */
function isEnd({ finishReason, rawFinishReason }: StepEnd): boolean {
  return rawFinishReason !== undefined || !madeUp.has(finishReason)
}

function addUsage(before: Usage | null, more: Usage | null): Usage | null {
  if (!before || !more) return before ?? more
  const sum = (name: keyof Usage) =>
    before[name] === null && more[name] === null ? null : (before[name] ?? 0) + (more[name] ?? 0)
  return {
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    reasoningTokens: sum("reasoningTokens"),
    cachedTokens: sum("cachedTokens"),
  }
}

// Some services answer with words of another dialect, which the SDK files under "other".
function endReason(known: FinishReason, raw = ""): "complete" | "length" | "filtered" {
  if (known === "length" || /^(max_tokens|max_output_tokens|length)$/i.test(raw)) return "length"
  const isFiltered = known === "content-filter" || /refusal|safety|sensitive|filter/i.test(raw)
  return isFiltered ? "filtered" : "complete"
}

function toUsage(usage: LanguageModelUsage): Usage | null {
  // The SDK takes a figure that is missing or no number for 0.
  const told = usage.raw && readFacts({ usage: usage.raw }).usage
  return plausibleUsage({
    inputTokens: told === null || told?.inputTokens === null ? null : (usage.inputTokens ?? null),
    outputTokens:
      told === null || told?.outputTokens === null ? null : (usage.outputTokens ?? null),
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? null,
    cachedTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
  })
}
