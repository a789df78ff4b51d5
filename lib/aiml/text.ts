import {
  type FinishReason,
  type LanguageModel,
  type LanguageModelUsage,
  type ModelMessage,
  type Output,
  streamText,
  type TextStreamPart,
  type ToolChoice,
  type ToolSet,
} from "ai"
import { AppError } from "../errors"
import type { Json } from "../fields"
import { type BesideReader, besideReader } from "./beside"
import { toFailure } from "./failure"
import type { Facts, Usage } from "./protocol"
import { type ChatTimeouts, createWatchdog } from "./watchdog"

export type TextRequest = {
  /** What the model is to be and do; told apart from what is said. */
  instructions?: string
  messages: ModelMessage[]
  maxOutputTokens: number
  tools?: ToolSet
  toolChoice?: ToolChoice<ToolSet>
  /** Asks for an answer in JSON by this schema. */
  output?: Output.Output
  requestId: string
  abortSignal: AbortSignal
  timeouts: ChatTimeouts
}

/** An answer as it comes. `end` is the last event and comes only after the upstream said why it ended. */
export type TextEvent =
  | { type: "text"; delta: string }
  | { type: "reasoning"; delta: string }
  | { type: "tool-call"; id: string; name: string; input: unknown }
  | { type: "sound"; bytes: Uint8Array; mediaType: string }
  | { type: "data"; label: string; value: Json }
  | ({
      type: "end"
      reason: "complete" | "length" | "filtered"
      finishReason: string
    } & Facts)

const maxRetries = 2

/** Streams one answer. Throws AppError; what came before the throw stands. */
export async function* streamAnswer(
  model: LanguageModel,
  request: TextRequest,
): AsyncGenerator<TextEvent> {
  const { timeouts, requestId, abortSignal, ...asked } = request
  const watchdog = createWatchdog(timeouts, abortSignal)
  const beside = besideReader()
  try {
    const { stream } = streamText({
      ...asked,
      model,
      abortSignal: watchdog.signal,
      headers: { "x-client-request-id": requestId },
      maxRetries,
      // What the SDK's own reading drops (dollars, sources, sound) is read from the chunks themselves.
      include: { rawChunks: true },
      // The SDK prints errors by default, prompts and all. They are thrown below instead.
      onError: () => undefined,
    })
    for await (const part of stream) {
      const event = toEvent(part, beside)
      if (!event) continue
      watchdog.feed()
      if (event.type !== "end") {
        yield event
        continue
      }
      yield* beside.rest()
      yield event
      return
    }
    throw new AppError("model_cut")
  } catch (error) {
    throw watchdog.failure() ?? toFailure(error)
  } finally {
    watchdog.end()
  }
}

function toEvent(part: TextStreamPart<ToolSet>, beside: BesideReader): TextEvent | null {
  switch (part.type) {
    case "raw": {
      const thought = beside.read(part.rawValue)
      return thought === "" ? null : { type: "reasoning", delta: thought }
    }
    case "text-delta":
      return part.text === "" ? null : { type: "text", delta: part.text }
    case "reasoning-delta":
      return part.text === "" ? null : { type: "reasoning", delta: part.text }
    case "tool-call":
      return { type: "tool-call", id: part.toolCallId, name: part.toolName, input: part.input }
    case "error":
      throw part.error
    case "abort":
      throw new AppError("model_cut")
    case "finish-step":
      if (part.finishReason === "error") throw new AppError("model_cut")
      return {
        type: "end",
        reason: endReason(part.finishReason, part.rawFinishReason),
        finishReason: part.rawFinishReason ?? part.finishReason,
        usage: toUsage(part.usage),
        units: {},
        costUsd: beside.costUsd(),
        upstreamId: part.response.headers?.["x-inference-id"] ?? null,
      }
    default:
      return null
  }
}

// Some services answer with words of another dialect, which the SDK files under "other".
function endReason(known: FinishReason, raw = ""): "complete" | "length" | "filtered" {
  if (known === "length" || /^(max_tokens|max_output_tokens|length)$/i.test(raw)) return "length"
  const isFiltered = known === "content-filter" || /refusal|safety|sensitive|filter/i.test(raw)
  return isFiltered ? "filtered" : "complete"
}

function toUsage(usage: LanguageModelUsage): Usage | null {
  if (usage.inputTokens === undefined && usage.outputTokens === undefined) return null
  return {
    inputTokens: usage.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? null,
    cachedTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
  }
}
