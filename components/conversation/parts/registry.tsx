import type { ComponentType } from "react"
import type { Part } from "@/lib/message"
import { DataPart } from "./data"
import { AnswerFile } from "./file"
import type { PartProps } from "./part-props"
import { ReasoningPart } from "./reasoning"
import { TextPart } from "./text"

/** How each kind of part is shown. A kind without a view does not compile. */
const partViews: { [Type in Part["type"]]: ComponentType<PartProps<Type>> } = {
  text: TextPart,
  reasoning: ReasoningPart,
  file: AnswerFile,
  data: DataPart,
}

/** One part of an answer, as its kind is shown. */
export function PartView<Type extends Part["type"]>(props: {
  type: Type
  part: Extract<Part, { type: Type }>
  isOpen: boolean
}) {
  const View: ComponentType<PartProps<Type>> = partViews[props.type]
  return <View part={props.part} isOpen={props.isOpen} />
}
