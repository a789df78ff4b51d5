import type { UIMessageChunk } from "ai"
import type { Json } from "../base/json"
import type { Message, Part } from "./message"

/** A part that arrives complete, unlike text. */
export type WholePart = Exclude<Part, { type: "text" | "reasoning" }>

/**
 * The AI SDK's stream events as Polylogue uses them: facts of an answer travel as metadata, files and structured
 * results as data.
 */
export type Chunk = UIMessageChunk<Partial<Message>, { part: WholePart }>

/** The parts after one more stream event. Unchanged parts keep their identity. */
export function applyChunk(parts: readonly Part[], chunk: Chunk): readonly Part[] {
  switch (chunk.type) {
    case "text-start":
      return [...parts, { type: "text", text: "" }]
    case "reasoning-start":
      return [...parts, { type: "reasoning", text: "" }]
    case "text-delta":
      return appendTo(parts, "text", chunk.delta)
    case "reasoning-delta":
      return appendTo(parts, "reasoning", chunk.delta)
    case "reasoning-end":
      return withDuration(parts, chunk.providerMetadata?.polylogue?.durationMs)
    case "data-part":
      return [...parts, chunk.data]
    case "tool-input-available":
      return [...parts, toolCall(chunk)]
    case "tool-output-available":
    case "tool-output-error":
      return [...parts, toolResult(chunk)]
    default:
      return parts
  }
}

function toolCall(chunk: Extract<Chunk, { type: "tool-input-available" }>): Part {
  // Parsed from JSON.
  const input = chunk.input as Json
  return { type: "tool-call", callId: chunk.toolCallId, name: chunk.toolName, input }
}

function toolResult(
  chunk: Extract<Chunk, { type: "tool-output-available" | "tool-output-error" }>,
): Part {
  const durationMs = Number(chunk.providerMetadata?.polylogue?.durationMs ?? 0)
  const result = { type: "tool-result", callId: chunk.toolCallId, durationMs } as const
  if (chunk.type === "tool-output-error") return { ...result, output: null, error: chunk.errorText }
  return { ...result, output: chunk.output as Json, error: null } // parsed from JSON
}

/** The plain text of a message, for copying, searching and titles. */
export function plainText(parts: readonly Part[]): string {
  return parts
    .filter((part) => part.type === "text")
    .map((part) => part.text)
    .join("\n\n")
}

/** Whether nothing would be visible. */
export function isEmpty(parts: readonly Part[]): boolean {
  return parts.every((part) => "text" in part && part.text === "")
}

function appendTo(
  parts: readonly Part[],
  type: "text" | "reasoning",
  delta: string,
): readonly Part[] {
  const last = parts.at(-1)
  if (last?.type !== type) return [...parts, { type, text: delta }]
  return [...parts.slice(0, -1), { ...last, text: last.text + delta }]
}

function withDuration(parts: readonly Part[], durationMs: unknown): readonly Part[] {
  const last = parts.at(-1)
  if (last?.type !== "reasoning" || typeof durationMs !== "number") return parts
  return [...parts.slice(0, -1), { ...last, durationMs }]
}
