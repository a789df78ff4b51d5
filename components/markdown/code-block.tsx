import { memo, useMemo, useRef, useState } from "react"
import { CodeActions } from "./code-actions"
import { codeInfo } from "./code-info"
import type { Highlighted } from "./highlighter"
import { useHighlight } from "./use-highlight"

type CodeBlockProps = { text: string; info: string; open: boolean }

/** A block of code, plain while it grows, in colours later; its lines never move for that. */
export const CodeBlock = memo(function CodeBlock({ text, info, open }: CodeBlockProps) {
  const block = useRef<HTMLElement>(null)
  const [isWrapped, setIsWrapped] = useState(false)
  const { language, fileName } = useMemo(() => codeInfo(info), [info])
  const tree = useHighlight(block, { text, language, enabled: !open })
  return (
    <figure className="md-code" ref={block} aria-label={language ? `Code, ${language}` : "Code"}>
      <figcaption className="md-code-bar">
        <span>{language}</span>
        <CodeActions
          text={text}
          fileName={fileName}
          isWrapped={isWrapped}
          onWrap={() => setIsWrapped(!isWrapped)}
        />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre dir="ltr" tabIndex={0} data-wrap={isWrapped || undefined}>
        <code>{tree ? <Coloured nodes={tree} /> : <Pieces text={text} />}</code>
      </pre>
    </figure>
  )
})

const linesPerPiece = 40

/** Plain code cut into pieces: when a line is added, only the last piece is laid out again. */
function Pieces({ text }: { text: string }) {
  const lines = text.split("\n")
  const starts = Array.from({ length: Math.ceil(lines.length / linesPerPiece) }, (_, piece) => {
    return piece * linesPerPiece
  })
  return starts.map((start) => {
    const piece = lines.slice(start, start + linesPerPiece).join("\n")
    return <Piece key={start} text={start + linesPerPiece < lines.length ? `${piece}\n` : piece} />
  })
}

const Piece = memo(function Piece({ text }: { text: string }) {
  return <span className="md-code-piece">{text}</span>
})

function Coloured({ nodes }: { nodes: Highlighted }) {
  return nodes.map((node, index) => {
    if (node.type === "text") return node.value
    if (node.type !== "element") return null
    const { className } = node.properties
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the tree never changes once it is made
      <span key={index} className={Array.isArray(className) ? className.join(" ") : undefined}>
        <Coloured nodes={node.children} />
      </span>
    )
  })
}
