import type { Model } from "./catalogue"
import { type Answer, tokensOf } from "./compose"
import { answeringName, type Cost, familyOf, type Usage } from "./dialects"
import type { Exchange } from "./exchange"
import { token } from "./random"
import { recordText } from "./request-log"
import type { Plan } from "./scenarios"

const joined = (pieces: Answer["said"]) => pieces.map((piece) => piece.text).join("")

function messageOf(answer: Answer, family: ReturnType<typeof familyOf>): object {
  const text = joined(answer.said)
  const thoughts = answer.areThoughtsShown ? joined(answer.thoughts) : ""
  const openrouterThoughts = {
    reasoning: thoughts,
    reasoning_details: [{ type: "reasoning.text", text: thoughts, format: "unknown", index: 0 }],
  }
  return {
    role: "assistant",
    content: answer.toolCall || answer.isRefusal ? null : text,
    ...(family !== "plain" && { refusal: answer.isRefusal ? text : null }),
    ...(family === "openai" && { annotations: [] }),
    ...(thoughts &&
      (family === "openrouter" ? openrouterThoughts : { reasoning_content: thoughts })),
    ...(answer.toolCall && { tool_calls: [answer.toolCall] }),
  }
}

function completionOf(
  exchange: Exchange,
  model: Model,
  answer: Answer,
  { usage, cost, extras }: { usage: Usage; cost: Cost; extras: object },
): object {
  const family = familyOf(model)
  // Without a stream Claude says "end_turn" where every other model says "stop".
  const finishReason =
    family === "anthropic" && answer.finishReason === "stop" ? "end_turn" : answer.finishReason
  return {
    id: family === "anthropic" ? `msg_01${token(exchange.inferenceId, 22)}` : exchange.inferenceId,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: answeringName(model),
    choices: [
      {
        index: 0,
        message: messageOf(answer, family),
        finish_reason: finishReason,
        ...(family === "openrouter" && { native_finish_reason: finishReason }),
        ...(family === "openai" && { logprobs: null }),
        ...("citations" in extras && { delta: { role: "assistant", content: "" } }),
      },
    ],
    usage,
    ...extras,
    meta: { usage: cost },
  }
}

/** Sends an answer in one piece, when the model would have finished it. */
export async function sendCompletion(
  exchange: Exchange,
  statusCode: number,
  model: Model,
  answer: Answer,
  plan: Plan,
  bill: { usage: Usage; cost: Cost; extras: object; book: () => void },
): Promise<void> {
  const tokens = tokensOf(answer.thoughts) + tokensOf(answer.said)
  if (!(await exchange.pause(plan.delayMs + (tokens / plan.tokensPerSecond) * 1000))) return
  const body = completionOf(exchange, model, answer, bill)
  const headers = {
    "x-aimlapi-credits-used": String(bill.cost.credits_used),
    "x-aimlapi-usd-spent": String(bill.cost.usd_spent),
  }
  switch (plan.broken?.name) {
    case "stall":
      return await exchange.hang()
    case "reset":
      return await exchange.reset()
    case "error-event":
      return exchange.refuse(plan.broken.statusCode ?? 500)
    case "cut":
    case "broken-event":
      exchange.begin(statusCode, "application/json; charset=utf-8", headers)
      exchange.response.end(JSON.stringify(body).slice(0, -40))
      return
    case undefined:
      recordText(exchange.entry, joined(answer.said))
      bill.book()
      exchange.sendJson(statusCode, body, headers)
  }
}
