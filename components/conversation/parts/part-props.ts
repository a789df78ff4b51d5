import type { Part } from "@/lib/message/message"

export type PartProps<Type extends Part["type"]> = {
  part: Extract<Part, { type: Type }>
  /** Whether more of it may come. */
  isOpen: boolean
  /** All parts of the message, in order: the result of a call stands in another one. */
  siblings?: readonly Part[]
  /** The parts of the question: what a result was made from. */
  asked?: readonly Part[]
  /** Whether the message is still being written. */
  isRunning?: boolean
}
