import "server-only"
import type { Facts } from "../aiml/protocol"
import type { User } from "../db/users"
import type { Params } from "../fields"
import type { Message, Part } from "../message"
import type { WholePart } from "../parts"

/** An answer as it comes, in words or in parts that come whole. `end` is the last event. */
export type TurnEvent =
  | { type: "text" | "reasoning"; delta: string }
  | { type: "part"; part: WholePart }
  | ({
      type: "end"
      reason: "complete" | "length" | "filtered"
      finishReason: string | null
    } & Facts)

export type Question = {
  user: User
  model: string
  params: Params
  /** From the root to the question. */
  path: readonly { role: Message["role"]; parts: Part[] }[]
  /** What the answer goes on from; empty for a new one. */
  begun: readonly Part[]
  signal: AbortSignal
}

/** Which files the model was given as their text only, for the reader to know. */
export function asText(names: readonly string[]): TurnEvent {
  const value = names.map((name) => `The model read the text of ${name}, not the file itself.`)
  return { type: "part", part: { type: "data", label: "Given as text", value } }
}

/** What the model was not given, for the reader to know. */
export function notSent(words: readonly string[]): TurnEvent {
  return { type: "part", part: { type: "data", label: "Not sent", value: [...new Set(words)] } }
}
