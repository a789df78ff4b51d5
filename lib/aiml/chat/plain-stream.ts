import {
  convertOpenAICompatibleChatUsage,
  mapOpenAICompatibleFinishReason,
} from "@ai-sdk/openai-compatible/internal"
import {
  InvalidResponseDataError,
  JSONParseError,
  type LanguageModelMiddleware,
  TypeValidationError,
} from "ai"
import { z } from "zod"
import { createLineReader } from "../text/lines"
import type { Words } from "../text/words"
import { besideChunks } from "./chunks"
import { createChunkReader } from "./read-chunk"

type WrapStream = NonNullable<LanguageModelMiddleware["wrapStream"]>
type Parts = Awaited<ReturnType<WrapStream>>["stream"]
type StreamPart = Parts extends ReadableStream<infer Part> ? Part : never

const count = z.number().nullish().catch(null)
const usageSchema = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  // As some gateways call the two.
  input_tokens: count,
  output_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count }).nullish().catch(null),
  completion_tokens_details: z.object({ reasoning_tokens: count }).nullish().catch(null),
})
function inOneSpelling({ input_tokens, output_tokens, ...usage }: z.infer<typeof usageSchema>) {
  const { prompt_tokens = input_tokens, completion_tokens = output_tokens } = usage
  return { ...usage, prompt_tokens, completion_tokens }
}

const choiceSchema = z.object({
  finish_reason: z.string().nullish().catch(null),
  delta: z
    .object({ refusal: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
})
const endingSchema = z.object({
  choices: z.array(choiceSchema),
  usage: usageSchema.nullish().catch(null),
})

/**
 * A stream of chat in which no tool was offered, told as the provider would tell it, while its words go to
 * `words`. The provider's own reading takes as long for a short answer as the rest of a turn.
 */
export function readPlainly(body: ReadableStream<Uint8Array>, words: Words): Parts {
  const lines = createLineReader(body)
  const chunks = createChunkReader()
  const ending = createEnding()
  words.begin()
  return new ReadableStream<StreamPart>({
    // Until there is something besides words.
    async pull(controller) {
      for (let hasTold = false; !hasTold; ) {
        const batch = await lines.next()
        if (batch === null) {
          controller.enqueue(ending.part())
          return controller.close()
        }
        for (const line of batch) {
          const json = line.startsWith("data:") ? line.slice(5).trim() : ""
          if (json === "[DONE]") chunks.end()
          if (json === "" || json === "[DONE]") continue
          const chunk = chunks.read(json)
          for (const word of chunk?.said ?? []) words.say(word)
          if (chunk?.isPlain) continue
          hasTold = true
          if (chunk) controller.enqueue({ type: "raw", rawValue: chunk.value })
          const error = chunk
            ? ending.read(chunk.value)
            : new JSONParseError({ text: json, cause: null })
          if (error === null) continue
          controller.enqueue({ type: "error", error })
          controller.close()
          return await lines.cancel()
        }
      }
    },
    cancel: (reason) => lines.cancel(reason),
  })
}

/** Notes what the chunks tell about the end of an answer. */
function createEnding() {
  let raw: string | null = null
  let hasRefusal = false
  let usage: z.infer<typeof usageSchema> | null = null
  return {
    /** What is wrong with a chunk, or says that something is; null for nothing. */
    read(value: Record<string, unknown>): unknown {
      const told = endingSchema.safeParse(value)
      if (!told.success) return this.readBeside(value, told.error)
      const [choice] = told.data.choices
      raw = choice?.finish_reason ?? raw
      hasRefusal ||= Boolean(choice?.delta?.refusal)
      usage = told.data.usage ?? usage
      return null
    },
    /** A chunk without choices tells an account, or what went wrong. */
    readBeside(value: Record<string, unknown>, cause: unknown): unknown {
      const beside = besideChunks.errorSchema.safeParse(value)
      if (!beside.success) return new TypeValidationError({ value, cause })
      if ("error" in beside.data) return beside.data.error
      usage = usageSchema.nullish().catch(null).parse(beside.data.usage) ?? usage
      return null
    },
    part(): StreamPart {
      if (raw === null) {
        const message = "The stream ended without a reason."
        return { type: "error", error: new InvalidResponseDataError({ data: undefined, message }) }
      }
      const unified = mapOpenAICompatibleFinishReason(raw, { hasRefusal })
      const finishReason = { unified, raw }
      return {
        type: "finish",
        finishReason,
        usage: convertOpenAICompatibleChatUsage(usage && inOneSpelling(usage)),
      }
    },
  }
}
