import { estimateTokens } from "../tokens"
import { assemblyai } from "./assemblyai"
import type { Asked } from "./common"
import { deepgram } from "./deepgram"
import type { Heard } from "./hear"

/** The words in which a family of models tells what it heard. */
export type Shape = "deepgram" | "assemblyai" | "tokens"

/** Which family a model belongs to, told from the members its request has. */
export function shapeOf(fields: Record<string, unknown> = {}): Shape {
  if ("speaker_labels" in fields) return "assemblyai"
  return "temperature" in fields && !("punctuate" in fields) ? "tokens" : "deepgram"
}

/** The text and what it took; nothing of when each word was said. */
function tokens(heard: Heard, asked: Asked): object {
  const text_tokens = typeof asked.prompt === "string" ? estimateTokens(asked.prompt) : 0
  const audio_tokens = Math.max(1, Math.round(heard.durationSeconds * 10))
  const output_tokens = estimateTokens(heard.text)
  const input_tokens = text_tokens + audio_tokens
  return {
    text: heard.text,
    usage: {
      type: "tokens",
      total_tokens: input_tokens + output_tokens,
      input_tokens,
      input_token_details: { text_tokens, audio_tokens },
      output_tokens,
    },
  }
}

const shapes: Record<Shape, (heard: Heard, asked: Asked) => object> = {
  deepgram,
  assemblyai,
  tokens,
}

/** What was heard, in the words of one family and with what was asked for besides. */
export function toldAs(shape: Shape, heard: Heard, asked: Asked): object {
  return shapes[shape](heard, asked)
}
