import "server-only"
import type { Facts } from "../aiml/protocol"
import type { ErrorBody } from "../base/errors"
import type { Params } from "../base/json"
import type { User } from "../db/users"
import type { Message, Part } from "../message/message"
import type { WholePart } from "../message/parts"

/** How an answer ended, and what it used. */
export type End = {
  reason: "complete" | "length" | "filtered"
  finishReason: string | null
  /** Why it was refused here. */
  error?: ErrorBody
} & Facts

/** Where an answer goes as it comes. */
export type Listener = {
  word(type: "text" | "reasoning", delta: string): void
  part(part: WholePart): void
}

export type Question = {
  user: User
  conversationId: string
  /** The message that is written. */
  answerId: string
  model: string
  params: Params
  /** The message that is answered. */
  questionId: string
  /** Up to the question, from the root unless there is more. */
  path: readonly { role: Message["role"]; parts: Part[] }[]
  hasEarlier: boolean
  /** What the answer goes on from; empty for a new one. */
  begun: readonly Part[]
  signal: AbortSignal
}

/** Which files the model was given as their text only, for the reader to know. */
export function asText(names: readonly string[]): WholePart {
  const value = names.map((name) => `The model read the text of ${name}, not the file itself.`)
  return { type: "data", label: "Given as text", value }
}

/** What the model was not given, for the reader to know. */
export function notSent(words: readonly string[]): WholePart {
  return { type: "data", label: "Not sent", value: [...new Set(words)] }
}
