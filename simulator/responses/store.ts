import type { ChatMessage } from "../chat-request"
import { perSimulator, Recent } from "../per-simulator"
import type { responseBase } from "./body"

/** A response that may be asked for again, or gone on from. */
export interface StoredResponse {
  base: ReturnType<typeof responseBase>
  /** Everything said up to its end. */
  messages: ChatMessage[]
  /** The whole body, once there is one; a response in the background has its job instead. */
  body?: object
}

/** What one simulator keeps: whole responses, and what each item in them says, by its own id. */
export const storedResponses = perSimulator(() => ({
  responses: new Recent<StoredResponse>(),
  items: new Recent<ChatMessage[]>(20_000),
}))
