import { restOfAnswer } from "./answers/go-on"
import { jsonAnswer } from "./answers/json"
import { type Question, questionFrom } from "./answers/question"
import { answerText } from "./answers/text"
import { thoughtsAbout } from "./answers/thoughts"
import { wantedToolCall } from "./answers/tool-call"
import type { Web } from "./answers/web"
import type { Model } from "./catalogue"
import type { ChatRequest } from "./chat-request"
import type { FinishReason, ToolCall } from "./dialects"
import { series } from "./random"
import type { Plan } from "./scenarios"
import { estimateTokens, tokenize } from "./tokens"

/** A few tokens that travel together. */
export interface Piece {
  text: string
  tokens: number
}

/** A whole answer, before it is worded for the wire. */
export interface Answer {
  thoughts: Piece[]
  areThoughtsShown: boolean
  said: Piece[]
  isRefusal: boolean
  toolCall?: ToolCall
  finishReason: FinishReason
}

function pieces(text: string, tokensPerPiece: number | undefined): Piece[] {
  const tokens = tokenize(text)
  const next = series(text)
  const result: Piece[] = []
  for (let start = 0; start < tokens.length; ) {
    const size = tokensPerPiece ?? 1 + Math.floor(next() * 4)
    const group = tokens.slice(start, start + size)
    result.push({ text: group.join(""), tokens: group.length })
    start += size
  }
  return result
}

function floodPieces(characters: number): Piece[] {
  const line = "The water rises, one plain line at a time, and nobody has to read it.\n\n"
  const block = line.repeat(8)
  const whole = Math.floor(characters / block.length)
  const rest = block.slice(0, characters - whole * block.length)
  return [...Array.from({ length: whole }, () => block), ...(rest ? [rest] : [])].map((text) => ({
    text,
    tokens: estimateTokens(text),
  }))
}

/** The first pieces that fit, the last one cut between two tokens. */
function within(list: Piece[], maxTokens: number): Piece[] {
  const kept: Piece[] = []
  let left = maxTokens
  for (const piece of list) {
    if (left <= 0) break
    const isWhole = piece.tokens <= left
    const text = isWhole ? piece.text : tokenize(piece.text).slice(0, left).join("")
    kept.push({ text, tokens: Math.min(piece.tokens, left) })
    left -= piece.tokens
  }
  return kept
}

export const tokensOf = (list: Piece[]) => list.reduce((sum, piece) => sum + piece.tokens, 0)

function thinks(model: Model, request: ChatRequest): boolean {
  const { reasoning_effort: effort, reasoning, thinking, enable_thinking: isEnabled } = request
  if (thinking?.type === "disabled" || isEnabled === false || effort === "none") return false
  if (model.thinking.when === "always") return true
  return model.thinking.when === "asked" && Boolean(effort || reasoning || thinking || isEnabled)
}

function saidText(question: Question, request: ChatRequest, plan: Plan): string {
  if (plan.refuses) return "I'm sorry, but I can't help with that request."
  if (plan.text !== undefined) return plan.text
  return jsonAnswer(request.response_format, question) ?? answerText(question)
}

/** What the model would answer, made from the request alone: equal requests, equal answers. */
export function compose(
  request: ChatRequest,
  model: Model,
  plan: Plan,
  defaultMaxTokens: number | undefined,
  web?: Web,
): Answer {
  const question = questionFrom(request, model, web)
  const textFor = (asked: ChatRequest) => saidText(questionFrom(asked, model, web), asked, plan)
  const text = () => restOfAnswer(request, textFor) ?? textFor(request)
  const isScripted = plan.text ?? plan.pieces ?? plan.floodCharacters ?? plan.refuses
  const toolCall = isScripted ? undefined : wantedToolCall(request, question)
  const all = plan.pieces
    ? plan.pieces.map((text) => ({ text, tokens: 1 }))
    : plan.floodCharacters
      ? floodPieces(plan.floodCharacters)
      : pieces(toolCall ? "" : text(), plan.tokensPerChunk)
  const thoughts = thinks(model, request)
    ? pieces(thoughtsAbout(question), plan.tokensPerChunk)
    : []
  const maxTokens = Math.min(
    plan.maxTokens ?? Number.POSITIVE_INFINITY,
    request.max_completion_tokens ??
      request.max_tokens ??
      defaultMaxTokens ??
      Number.POSITIVE_INFINITY,
  )
  const keptThoughts = within(thoughts, maxTokens)
  const room = maxTokens - tokensOf(keptThoughts)
  const isFiltered = plan.finishReason === "content_filter"
  const said = within(isFiltered ? all.slice(0, Math.ceil(all.length * 0.4)) : all, room)
  const isCut = tokensOf(said) < tokensOf(all)
  return {
    thoughts: keptThoughts,
    areThoughtsShown: model.thinking.shown !== "hidden" && !request.reasoning?.exclude,
    said,
    isRefusal: plan.refuses,
    ...(toolCall && { toolCall }),
    finishReason:
      plan.finishReason ?? (isCut || room <= 0 ? "length" : toolCall ? "tool_calls" : "stop"),
  }
}
