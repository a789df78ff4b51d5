import type { Model } from "../catalogue"
import type { Answer } from "../compose"
import { answeringName } from "../dialects"
import { itemOf, joined, type Output } from "./items"
import type { ResponseRequest } from "./request"

/** How many tokens a response may have when the request does not say. */
export const defaultMaxOutputTokens = 512

export type Status = "queued" | "in_progress" | "completed" | "incomplete" | "failed"

/** The members every state of one response has in common. */
export function responseBase(
  id: string,
  model: Model,
  request: ResponseRequest,
  { isReasoning }: { isReasoning: boolean },
) {
  const { effort, summary } = request.reasoning ?? {}
  return {
    id,
    object: "response",
    created_at: Math.floor(Date.now() / 1000),
    model: answeringName(model),
    background: request.background ?? false,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? defaultMaxOutputTokens,
    metadata: {},
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: request.previous_response_id ?? null,
    reasoning: {
      effort: isReasoning ? (effort ?? "medium") : null,
      summary: summary ?? null,
    },
    service_tier: "default",
    store: request.store ?? false,
    temperature: request.temperature ?? 1,
    text: request.text ?? { format: { type: "text" } },
    tool_choice: request.tool_choice ?? "auto",
    tools: request.tools ?? [],
    top_p: request.top_p ?? 1,
    truncation: request.truncation ?? "disabled",
  }
}
type Base = ReturnType<typeof responseBase>

/** A response of which nothing is known yet but that it was asked for. */
export function unfinishedResponse(base: Base, status: Status): object {
  return {
    ...base,
    status,
    error: null,
    incomplete_details: null,
    output: [],
  }
}

function usageBody(used: { input: number; output: number; reasoning: number }) {
  return {
    input_tokens: used.input,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: used.output,
    output_tokens_details: { reasoning_tokens: used.reasoning },
    total_tokens: used.input + used.output,
  }
}

/** Why a response ended before its end, if it did. */
export function cutReason({ finishReason }: Answer): string | undefined {
  if (finishReason === "length") return "max_output_tokens"
  return finishReason === "content_filter" ? "content_filter" : undefined
}

/**
 * A response that is done. In a JSON answer the upstream leaves the message "in_progress" although
 * everything around it says that it is complete; `messageStatus` carries that on.
 */
export function finishedResponse(
  base: Base,
  answer: Answer,
  outputs: Output[],
  used: { input: number; output: number; reasoning: number },
  messageStatus: "completed" | "in_progress" = "completed",
): object {
  const reason = cutReason(answer)
  const texts = outputs.flatMap((output) =>
    output.kind === "message" && !output.isRefusal ? joined(output.said) : [],
  )
  return {
    ...base,
    status: reason ? "incomplete" : "completed",
    error: null,
    incomplete_details: reason ? { reason } : null,
    output: outputs.map((output, index) => {
      const isCut = reason !== undefined && index === outputs.length - 1
      const status = isCut ? "incomplete" : "completed"
      return itemOf(output, output.kind === "message" && !isCut ? messageStatus : status)
    }),
    output_text: texts.join(""),
    usage: usageBody(used),
  }
}
