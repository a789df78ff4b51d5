import type { Answer, Piece } from "../compose"
import { token } from "../random"
import type { ResponseRequest } from "./request"

/** A source at the end of a text, as the annotation that points at it. */
interface Citation {
  type: "url_citation"
  url: string
  title: string
  start_index: number
  end_index: number
}

/** One part of what a response consists of, with the pieces it is streamed in. */
export type Output =
  | { kind: "reasoning"; id: string; summary: Piece[]; hiddenTokens: number; encrypted?: string }
  | { kind: "search"; id: string; query: string }
  | { kind: "message"; id: string; said: Piece[]; isRefusal: boolean; citations: Citation[] }
  | { kind: "call"; id: string; callId: string; name: string; arguments: string }

export const joined = (pieces: Piece[]) => pieces.map((piece) => piece.text).join("")

const source = { title: "Example Domain", url: "https://example.com/" }

/** The text with a link to its source, and where in the text the link stands. */
function cited(said: Piece[]): { said: Piece[]; citations: Citation[] } {
  const link = `[${source.title}](${source.url})`
  const tail = { text: `\n\nSource: ${link}`, tokens: 12 }
  const end = joined(said).length + tail.text.length
  return {
    said: [...said, tail],
    citations: [
      { type: "url_citation", ...source, start_index: end - link.length, end_index: end },
    ],
  }
}

/** Whether a response looks something up on the web before it answers. */
function searches({ tools, tool_choice }: ResponseRequest, answer: Answer): boolean {
  const isOffered = tools?.some((tool) => tool.type.startsWith("web_search")) ?? false
  return isOffered && tool_choice !== "none" && !answer.toolCall && !answer.isRefusal
}

/** The parts of a response, in the order in which they come. `canCite` spares exact texts. */
export function outputsOf(
  answer: Answer,
  request: ResponseRequest,
  responseId: string,
  { question, canCite }: { question: string; canCite: boolean },
): Output[] {
  const id = (prefix: string) => `${prefix}_${token(`${prefix} ${responseId}`, 40).toLowerCase()}`
  const outputs: Output[] = []
  if (answer.thoughts.length > 0) {
    const isShown = Boolean(request.reasoning?.summary)
    const isKept = request.include?.includes("reasoning.encrypted_content")
    outputs.push({
      kind: "reasoning",
      id: id("rs"),
      summary: isShown ? answer.thoughts : [],
      hiddenTokens: isShown ? 0 : answer.thoughts.reduce((sum, piece) => sum + piece.tokens, 0),
      ...(isKept && { encrypted: `gAAAAAB${token(joined(answer.thoughts), 180)}` }),
    })
  }
  const isSearching = searches(request, answer)
  if (isSearching) outputs.push({ kind: "search", id: id("ws"), query: question })
  if (answer.toolCall) {
    const { id: callId, function: called } = answer.toolCall
    outputs.push({ kind: "call", id: id("fc"), callId, ...called })
  } else if (answer.said.length > 0 || answer.finishReason === "stop") {
    const isCited = isSearching && canCite && answer.finishReason === "stop"
    const text = isCited ? cited(answer.said) : { said: answer.said, citations: [] }
    outputs.push({ kind: "message", id: id("msg"), isRefusal: answer.isRefusal, ...text })
  }
  return outputs
}

/** A message's one part of content, whole. */
export function contentOf({ said, isRefusal, citations }: Extract<Output, { kind: "message" }>) {
  const text = joined(said)
  if (isRefusal) return { type: "refusal", refusal: text }
  return { type: "output_text", annotations: citations, logprobs: [], text }
}

/** A part as it stands in the finished response. */
export function itemOf(output: Output, status = "completed"): object {
  switch (output.kind) {
    case "reasoning": {
      const { id, summary, encrypted } = output
      const text = joined(summary)
      return {
        id,
        type: "reasoning",
        summary: text ? [{ type: "summary_text", text }] : [],
        ...(encrypted && { encrypted_content: encrypted }),
      }
    }
    case "search": {
      const { id, query } = output
      return { id, type: "web_search_call", status, action: { type: "search", query } }
    }
    case "call": {
      const { id, callId, name } = output
      return {
        id,
        type: "function_call",
        status,
        arguments: output.arguments,
        call_id: callId,
        name,
      }
    }
    case "message":
      return {
        id: output.id,
        type: "message",
        status,
        role: "assistant",
        content: [contentOf(output)],
      }
  }
}
