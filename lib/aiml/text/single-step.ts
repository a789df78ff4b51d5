import type { FinishReason, LanguageModel, LanguageModelUsage, ModelMessage } from "ai"
import {
  asLanguageModelUsage,
  convertToLanguageModelPrompt,
  resolveLanguageModel,
  standardizePrompt,
} from "ai/internal"

/** What a step of an answer tells; the AI SDK's own loop tells the same and more. */
export type StepPart =
  | { type: "start-step" | "finish" }
  | { type: "raw"; rawValue: unknown }
  | { type: "text-delta" | "reasoning-delta"; text: string }
  | { type: "error"; error: unknown }
  | {
      type: "finish-step"
      finishReason: FinishReason
      rawFinishReason: string | undefined
      usage: LanguageModelUsage
      response: { headers?: Record<string, string> | undefined }
    }

type Asked = {
  instructions?: string
  messages: ModelMessage[]
  maxOutputTokens: number
  headers: Record<string, string>
  abortSignal: AbortSignal
}

/**
 * Asks a model once, without tools: the provider as it is. The SDK's loop of steps costs more than all
 * else that a short answer needs, and has nothing to do here.
 */
export async function* askOnce(model: LanguageModel, asked: Asked): AsyncGenerator<StepPart> {
  const { instructions, messages, abortSignal, ...call } = asked
  const provider = resolveLanguageModel(model)
  const prompt = await convertToLanguageModelPrompt({
    prompt: await standardizePrompt({ ...(instructions && { instructions }), messages }),
    supportedUrls: await provider.supportedUrls,
    download: undefined,
  })
  const asking = { ...call, prompt, abortSignal, includeRawChunks: true }
  const { stream, response } = await provider.doStream(asking)
  const reader = stream.getReader()
  abortSignal.addEventListener("abort", () => void reader.cancel().catch(() => undefined))
  yield { type: "start-step" }
  for (;;) {
    const { value: part, done } = await reader.read()
    if (done) return
    switch (part.type) {
      case "raw":
      case "error":
        yield part
        break
      case "text-delta":
      case "reasoning-delta":
        yield { type: part.type, text: part.delta }
        break
      case "finish": {
        const { unified: finishReason, raw: rawFinishReason } = part.finishReason
        const usage = asLanguageModelUsage(part.usage)
        yield {
          type: "finish-step",
          finishReason,
          rawFinishReason,
          usage,
          response: response ?? {},
        }
        yield { type: "finish" }
      }
    }
  }
}
