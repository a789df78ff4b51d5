import type { Model } from "../catalogue"
import { type Answer, compose, type Piece, tokensOf } from "../compose"
import { answeringName } from "../dialects"
import { token } from "../random"
import type { Plan } from "../scenarios"
import { tokenize } from "../tokens"
import { tokensUsed } from "../tokens-used"
import { signatureOf } from "./checks"
import { chatRequestOf, type MessagesRequest } from "./request"

/** One block of a message, with the pieces it is streamed in. */
export type Output =
  | { type: "thinking"; pieces: Piece[]; hiddenTokens: number; signature: string }
  | { type: "text"; pieces: Piece[] }
  | { type: "tool_use"; id: string; name: string; input: string }

export interface MessageDraft {
  id: string
  model: string
  outputs: Output[]
  stopReason: string
  stopSequence: string | null
  answer: Answer
  used: { input: number; output: number }
}

export const joined = (pieces: Piece[]) => pieces.map((piece) => piece.text).join("")

/** The answer up to the first stop sequence in it, and which one that was. */
function stopped(
  answer: Answer,
  sequences: readonly string[],
): { answer: Answer; sequence: string | null } {
  const text = joined(answer.said)
  const [first] = sequences
    .filter((sequence) => sequence !== "" && text.includes(sequence))
    .toSorted((left, right) => text.indexOf(left) - text.indexOf(right))
  if (first === undefined) return { answer, sequence: null }
  let left = text.indexOf(first)
  const said = answer.said.flatMap((piece) => {
    const kept = piece.text.slice(0, left)
    left -= kept.length
    return kept ? [{ text: kept, tokens: tokenize(kept).length }] : []
  })
  return { answer: { ...answer, said }, sequence: first }
}

function outputsOf(answer: Answer, request: MessagesRequest): Output[] {
  const outputs: Output[] = []
  if (answer.thoughts.length > 0) {
    const isOmitted = request.thinking?.display === "omitted"
    const pieces = isOmitted ? [] : answer.thoughts
    const hiddenTokens = isOmitted ? tokensOf(answer.thoughts) : 0
    outputs.push({ type: "thinking", pieces, hiddenTokens, signature: signatureOf(joined(pieces)) })
  }
  if (answer.said.length > 0) outputs.push({ type: "text", pieces: answer.said })
  if (answer.toolCall) {
    const { id, function: called } = answer.toolCall
    const input = called.arguments
    outputs.push({
      type: "tool_use",
      id: id.replace("call_", "toolu_01"),
      name: called.name,
      input,
    })
  }
  return outputs
}

function stopReasonOf(answer: Answer, sequence: string | null): string {
  if (answer.isRefusal || answer.finishReason === "content_filter") return "refusal"
  if (sequence !== null) return "stop_sequence"
  if (answer.finishReason === "length") return "max_tokens"
  return answer.finishReason === "tool_calls" ? "tool_use" : "end_turn"
}

/** Everything about a message, before it is sent in one way or another. */
export function draftMessage(
  inferenceId: string,
  request: MessagesRequest,
  model: Model,
  plan: Plan,
  defaultMaxTokens?: number,
): MessageDraft {
  const chat = chatRequestOf(request, defaultMaxTokens)
  const whole = compose(chat, model, plan, undefined)
  const { answer, sequence } = stopped(whole, request.stop_sequences ?? [])
  return {
    id: `msg_01${token(inferenceId, 22)}`,
    model: answeringName(model),
    outputs: outputsOf(answer, request),
    stopReason: stopReasonOf(answer, sequence),
    stopSequence: sequence,
    answer,
    used: tokensUsed(chat, answer),
  }
}

/** What a message measures, in Claude's own words. */
export function usageBody(used: { input: number; output: number }, serviceTier = "standard") {
  return {
    input_tokens: used.input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: used.output,
    service_tier: serviceTier,
    inference_geo: "not_available",
  }
}

function blockOf(output: Output): object {
  switch (output.type) {
    case "thinking":
      return { type: "thinking", thinking: joined(output.pieces), signature: output.signature }
    case "text":
      return { type: "text", text: joined(output.pieces) }
    case "tool_use": {
      const { id, name } = output
      const input: unknown = JSON.parse(output.input)
      return { type: "tool_use", id, name, input }
    }
  }
}

/** A message that is done. */
export function messageBody(draft: MessageDraft, serviceTier?: string): object {
  const { id, model, outputs, stopReason, stopSequence, used } = draft
  return {
    model,
    id,
    type: "message",
    role: "assistant",
    content: outputs.map(blockOf),
    stop_reason: stopReason,
    stop_sequence: stopSequence,
    stop_details: null,
    usage: usageBody(used, serviceTier),
  }
}
