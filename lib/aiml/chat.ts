import { createOpenAICompatible, type MetadataExtractor } from "@ai-sdk/openai-compatible"
import {
  type LanguageModelUsage,
  type ModelMessage,
  streamText,
  type TextStreamPart,
  type ToolSet,
} from "ai"
import { z } from "zod"
import { AppError } from "../errors"
import { toFailure } from "./failure"
import { type ChatTimeouts, createWatchdog } from "./watchdog"

export type ChatRequest = {
  model: string
  messages: ModelMessage[]
  maxOutputTokens: number
  requestId: string
  abortSignal: AbortSignal
  timeouts: ChatTimeouts
}

type ChatUsage = {
  inputTokens: number | null
  outputTokens: number | null
  reasoningTokens: number | null
  cachedTokens: number | null
}

/** An answer as it comes. `end` is the last event and comes only after the upstream said why it ended. */
export type ChatEvent =
  | { type: "text"; delta: string }
  | { type: "reasoning"; delta: string }
  | {
      type: "end"
      reason: "complete" | "length" | "filtered"
      finishReason: string
      usage: ChatUsage | null
      costUsd: number | null
      upstreamId: string | null
    }

const maxRetries = 2

/** Chat completions: streams one answer. Throws AppError; what came before the throw stands. */
export function createChat(upstream: { baseUrl: string; apiKey: string; fetch: typeof fetch }) {
  const provider = createOpenAICompatible({
    name: "upstream",
    baseURL: upstream.baseUrl,
    apiKey: upstream.apiKey,
    fetch: upstream.fetch,
    includeUsage: true,
    metadataExtractor: costExtractor,
  })
  return async function* chat(request: ChatRequest): AsyncGenerator<ChatEvent> {
    const watchdog = createWatchdog(request.timeouts, request.abortSignal)
    try {
      const { stream } = streamText({
        model: provider(request.model),
        messages: request.messages,
        maxOutputTokens: request.maxOutputTokens,
        abortSignal: watchdog.signal,
        headers: { "x-client-request-id": request.requestId },
        maxRetries,
        // The SDK prints errors by default, prompts and all. They are thrown below instead.
        onError: () => undefined,
      })
      for await (const part of stream) {
        const event = toEvent(part)
        if (!event) continue
        watchdog.feed()
        yield event
        if (event.type === "end") return
      }
      throw new AppError("model_cut")
    } catch (error) {
      throw watchdog.failure() ?? toFailure(error)
    } finally {
      watchdog.end()
    }
  }
}

function toEvent(part: TextStreamPart<ToolSet>): ChatEvent | null {
  switch (part.type) {
    case "text-delta":
      return part.text === "" ? null : { type: "text", delta: part.text }
    case "reasoning-delta":
      return part.text === "" ? null : { type: "reasoning", delta: part.text }
    case "error":
      throw part.error
    case "abort":
      throw new AppError("model_cut")
    case "finish-step":
      if (part.finishReason === "error") throw new AppError("model_cut")
      return {
        type: "end",
        reason: endReason(part.finishReason),
        finishReason: part.rawFinishReason ?? part.finishReason,
        usage: toUsage(part.usage),
        costUsd: costSchema.parse(part.providerMetadata?.upstream).costUsd,
        upstreamId: part.response.headers?.["x-inference-id"] ?? null,
      }
    default:
      return null
  }
}

function endReason(finishReason: string): "complete" | "length" | "filtered" {
  if (finishReason === "length") return "length"
  return finishReason === "content-filter" ? "filtered" : "complete"
}

function toUsage(usage: LanguageModelUsage): ChatUsage | null {
  if (usage.inputTokens === undefined && usage.outputTokens === undefined) return null
  return {
    inputTokens: usage.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? null,
    cachedTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
  }
}

// Dollars come in `meta.usage` of the last chunk that has any; the SDK's own reading drops them.
const metaSchema = z.object({
  meta: z.object({ usage: z.object({ usd_spent: z.number().nonnegative() }) }),
})
const costSchema = z.object({ costUsd: z.number().nullable().catch(null) }).catch({ costUsd: null })

const costExtractor: MetadataExtractor = {
  extractMetadata: async ({ parsedBody }) => ({ upstream: { costUsd: readCost(parsedBody) } }),
  createStreamExtractor: () => {
    let costUsd: number | null = null
    return {
      processChunk: (chunk) => {
        costUsd = readCost(chunk) ?? costUsd
      },
      buildMetadata: () => ({ upstream: { costUsd } }),
    }
  },
}

function readCost(body: unknown): number | null {
  if (typeof body !== "object" || body === null || !("meta" in body)) return null
  const parsed = metaSchema.safeParse(body)
  return parsed.success ? parsed.data.meta.usage.usd_spent : null
}
