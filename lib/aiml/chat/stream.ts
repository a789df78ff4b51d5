import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider"
import { JSONParseError, TypeValidationError } from "ai"
import { z } from "zod"
import { readFacts } from "../facts"
import { createChunkReader } from "./read-chunk"
import { createEventReader } from "./server-sent-events"
import { createToolCalls } from "./tool-calls"

const usageSchema = z.record(z.string(), z.json()).nullish().catch(null)
const choiceSchema = z.object({
  finish_reason: z.string().nullish().catch(null),
  delta: z
    .object({ refusal: z.string().nullish().catch(null), tool_calls: z.unknown().optional() })
    .nullish()
    .catch(null),
})
const chunkSchema = z.object({ choices: z.array(choiceSchema), usage: usageSchema })
const errorSchema = z.looseObject({ error: z.looseObject({ message: z.string() }) })
/** A chunk that only reports the usage or the price, without the list that every other chunk has. */
const accountSchema = z
  .object({ usage: usageSchema, meta: z.unknown(), message: z.undefined() })
  .partial()
  .refine((chunk) => "meta" in chunk || "usage" in chunk)

/** A stream of chat completions as the parts of the AI SDK's provider interface. */
export function readChatStream(
  body: ReadableStream<Uint8Array>,
): ReadableStream<LanguageModelV4StreamPart> {
  const events = createEventReader(body)
  const chunks = createChunkReader()
  const end = createEnd()
  const calls = createToolCalls()

  /** Passes on the parts of one event. False after an error, which ends the stream. */
  function read(data: string, pass: (part: LanguageModelV4StreamPart) => void): boolean {
    if (data === "[DONE]") chunks.end()
    if (data === "[DONE]" || data.trim() === "") return true
    const chunk = chunks.read(data)
    if (!chunk) {
      if (events.isOver) return true
      pass({ type: "error", error: new JSONParseError({ text: data, cause: null }) })
      return false
    }
    for (const { type, delta } of chunk.said) pass({ type: `${type}-delta`, id: type, delta })
    // Thousands of chunks are words and nothing else.
    if (chunk.isPlain) return true
    pass({ type: "raw", rawValue: chunk.value })
    const said = chunkSchema.safeParse(chunk.value)
    if (said.success) {
      const [choice] = said.data.choices
      end.read(choice, said.data.usage)
      if (choice?.delta?.tool_calls) calls.add(choice.delta.tool_calls).forEach(pass)
      return true
    }
    const failed = errorSchema.safeParse(chunk.value)
    const account = accountSchema.safeParse(chunk.value)
    if (account.success && !failed.success) {
      end.read(undefined, account.data.usage)
      return true
    }
    const { error: cause } = said
    const garbled = () => new TypeValidationError({ value: chunk.value, cause })
    pass({ type: "error", error: failed.success ? failed.data.error : garbled() })
    return false
  }

  return new ReadableStream<LanguageModelV4StreamPart>({
    async pull(controller) {
      let isIdle = true
      const pass = (part: LanguageModelV4StreamPart) => {
        isIdle = false
        controller.enqueue(part)
      }
      while (isIdle) {
        const batch = await events.next()
        if (batch === null) {
          calls.all().forEach(pass)
          pass(end.part())
          return controller.close()
        }
        for (const data of batch) {
          if (read(data, pass)) continue
          controller.close()
          return await events.cancel()
        }
      }
    },
    cancel: (reason) => events.cancel(reason),
  })
}

/** Collects what the chunks say about the end of an answer. */
function createEnd() {
  let raw: string | undefined
  let isRefused = false
  let usage: z.infer<typeof usageSchema> = null
  return {
    read(choice: z.infer<typeof choiceSchema> | undefined, used: z.infer<typeof usageSchema>) {
      raw = choice?.finish_reason ?? raw
      isRefused ||= Boolean(choice?.delta?.refusal)
      usage = used ?? usage
    },
    part(): LanguageModelV4StreamPart {
      const unified =
        raw === "stop" && isRefused ? "content-filter" : (reasons[raw ?? ""] ?? "other")
      return { type: "finish", finishReason: { unified, raw }, usage: toUsage(usage) }
    },
  }
}

const reasons: Readonly<Record<string, LanguageModelV4FinishReason["unified"]>> = {
  stop: "stop",
  length: "length",
  content_filter: "content-filter",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
}

function toUsage(raw: z.infer<typeof usageSchema>): LanguageModelV4Usage {
  const { usage } = readFacts({ usage: raw })
  return {
    inputTokens: {
      total: usage?.inputTokens ?? undefined,
      cacheRead: usage?.cachedTokens ?? undefined,
      ...{ noCache: undefined, cacheWrite: undefined },
    },
    outputTokens: {
      total: usage?.outputTokens ?? undefined,
      reasoning: usage?.reasoningTokens ?? undefined,
      text: undefined,
    },
    ...(raw && { raw }),
  }
}
