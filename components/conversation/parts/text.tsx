import { pagesIn } from "@/lib/message/document-pages"
import { transcriptIn } from "@/lib/message/transcript"
import { Markdown } from "../../markdown/markdown"
import type { PartProps } from "./part-props"

/** Words of a model, as markdown; nothing where another part shows the same words with more to them. */
export function TextPart({ part, isOpen, siblings = [] }: PartProps<"text">) {
  const isShown = siblings.some(
    (sibling) => transcriptIn(sibling) !== null || pagesIn(sibling, siblings) !== null,
  )
  return isShown ? null : <Markdown text={part.text} streaming={isOpen} />
}
