import type { ComponentType } from "react"
import type { Part } from "@/lib/message"
import { ReasoningPart } from "./reasoning"
import { TextPart } from "./text"

export type PartProps = {
  part: Part
  /** Whether more of it may come. */
  isOpen: boolean
}

/** How each kind of part is shown. A kind without a view does not compile. */
export const partViews = {
  text: TextPart,
  reasoning: ReasoningPart,
} as const satisfies Record<Part["type"], ComponentType<PartProps>>
