import { Markdown } from "../../markdown/markdown"
import type { PartProps } from "./part-props"

/** Words of a model, as markdown. */
export function TextPart({ part, isOpen }: PartProps<"text">) {
  return <Markdown text={part.text} streaming={isOpen} />
}
