import type { ComponentType } from "react"
import type { Part } from "@/lib/message"
import type { PartProps } from "./part-props"
import { ReasoningPart } from "./reasoning"
import { TextPart } from "./text"

/** How each kind of part is shown. A kind without a view does not compile. */
export const partViews = {
  text: TextPart,
  reasoning: ReasoningPart,
} as const satisfies Record<Part["type"], ComponentType<PartProps>>
