import type { Message } from "@/lib/message/message"
import { requestJson } from "../api"

/** A stretch of a branch, as its door gives it. */
export type BranchStretch = {
  headId: string | null
  messages: Message[]
  /** Of the models that wrote them. */
  modelNames: Record<string, string>
}

/** Which stretch: up from `end`, or the branch through a message; else the end of what is shown. */
export type Wanted = { end?: string; through?: string; count?: number }

/** Reads a stretch of a conversation's branch. Throws AppError. */
export function readBranch(conversationId: string, wanted: Wanted = {}): Promise<BranchStretch> {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wanted)) query.set(name, String(value))
  return requestJson(`/api/conversations/${conversationId}/messages?${query}`)
}
