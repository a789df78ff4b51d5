import type { Model } from "./catalogue"
import { type ChatExtras, logprobsOf } from "./chat-extras"
import { type Answer, tokensOf } from "./compose"
import { deliverWhole } from "./delivery"
import { answeringName, type Cost, familyOf, type Usage } from "./dialects"
import type { Exchange } from "./exchange"
import { token } from "./random"
import type { Plan } from "./scenarios"
import { spokenMessage } from "./spoken"

const joined = (pieces: Answer["said"]) => pieces.map((piece) => piece.text).join("")

function messageOf(
  answer: Answer,
  family: ReturnType<typeof familyOf>,
  { isSpoken, annotations }: ChatExtras,
): object {
  const speaks = isSpoken && !answer.toolCall && !answer.isRefusal
  const text = joined(answer.said)
  const thoughts = answer.areThoughtsShown ? joined(answer.thoughts) : ""
  const openrouterThoughts = {
    reasoning: thoughts,
    reasoning_details: [{ type: "reasoning.text", text: thoughts, format: "unknown", index: 0 }],
  }
  return {
    role: "assistant",
    content: answer.toolCall || answer.isRefusal || speaks ? null : text,
    ...(family !== "plain" && { refusal: answer.isRefusal ? text : null }),
    ...((family === "openai" || annotations) && { annotations: annotations ?? [] }),
    ...(thoughts &&
      (family === "openrouter" ? openrouterThoughts : { reasoning_content: thoughts })),
    ...(answer.toolCall && { tool_calls: [answer.toolCall] }),
    ...(speaks && { audio: spokenMessage(answer.said) }),
  }
}

function choiceOf(model: Model, answer: Answer, index: number, extras: ChatExtras): object {
  const family = familyOf(model)
  // Without a stream Claude says "end_turn" where every other model says "stop".
  const finishReason =
    family === "anthropic" && answer.finishReason === "stop" ? "end_turn" : answer.finishReason
  const logprobs = logprobsOf(answer.said, extras)
  return {
    index,
    message: messageOf(answer, family, extras),
    finish_reason: finishReason,
    ...(family === "openrouter" && { native_finish_reason: finishReason }),
    ...((family === "openai" || logprobs) && { logprobs: logprobs ?? null }),
  }
}

function completionOf(
  exchange: Exchange,
  model: Model,
  answers: Answer[],
  extras: ChatExtras,
  bill: { usage: Usage; cost: Cost; extras: object },
): object {
  const { inferenceId } = exchange
  const isAnthropic = familyOf(model) === "anthropic"
  const stray = "citations" in bill.extras && { delta: { role: "assistant", content: "" } }
  return {
    id: isAnthropic ? `msg_01${token(inferenceId, 22)}` : inferenceId,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: answeringName(model),
    choices: answers.map((answer, index) => ({
      ...choiceOf(model, answer, index, extras),
      ...stray,
    })),
    usage: bill.usage,
    ...bill.extras,
    meta: { usage: bill.cost },
  }
}

/** Sends an answer, or several to choose from, in one piece. */
export async function sendCompletion(
  exchange: Exchange,
  statusCode: number,
  model: Model,
  answers: Answer[],
  plan: Plan,
  extras: ChatExtras,
  bill: { usage: Usage; cost: Cost; extras: object; book: () => void },
): Promise<void> {
  const lengths = answers.map((answer) => tokensOf(answer.thoughts) + tokensOf(answer.said))
  await deliverWhole(exchange, statusCode, plan, {
    body: completionOf(exchange, model, answers, extras, bill),
    text: answers.map((answer) => joined(answer.said)).join(""),
    tokens: Math.max(...lengths),
    cost: bill.cost,
    book: bill.book,
  })
}
