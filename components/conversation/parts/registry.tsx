import type { ComponentType } from "react"
import type { Part } from "@/lib/message/message"
import { CardPart } from "./card"
import { DataPart } from "./data"
import { AnswerFile } from "./file"
import { GenerationPart } from "./generation"
import { PartBoundary } from "./part-boundary"
import type { PartProps } from "./part-props"
import { ReasoningPart } from "./reasoning"
import { SourcesPart } from "./sources"
import { TextPart } from "./text"
import { ToolCallPart } from "./tool-call"
import { UnreadablePart } from "./unreadable"

/** How each kind of part is shown. A kind without a view does not compile. */
const partViews: { [Type in Part["type"]]: ComponentType<PartProps<Type>> } = {
  text: TextPart,
  reasoning: ReasoningPart,
  file: AnswerFile,
  data: DataPart,
  "tool-call": ToolCallPart,
  // Shown by the call that it belongs to.
  "tool-result": () => null,
  sources: SourcesPart,
  card: CardPart,
  generation: GenerationPart,
  unreadable: UnreadablePart,
}

/** One part of an answer, as its kind is shown. */
export function PartView<Type extends Part["type"]>({
  type,
  ...props
}: { type: Type } & PartProps<Type>) {
  const View: ComponentType<PartProps<Type>> = partViews[type]
  return (
    <PartBoundary part={props.part}>
      <View {...props} />
    </PartBoundary>
  )
}
