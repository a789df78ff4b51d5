import type { Token, Tokens } from "marked"
import { memo, type ReactNode } from "react"
import { CodeBlock } from "./code-block"
import { inline } from "./inline-view"
import { isOversized, type Node, nodesOf } from "./lexer"
import { MathView } from "./math-view"
import { withOffsets } from "./offsets"
import { TableView } from "./table-view"

/** One block of a text. `nested` ones take their direction from the block around them. */
export const BlockView = memo(function BlockView(props: {
  node: Node
  open: boolean
  nested?: boolean
}): ReactNode {
  const { node, open, nested } = props
  const dir = nested ? undefined : "auto"
  switch (node.type) {
    case "paragraph":
      return isOversized(node.raw) ? (
        <Plain text={node.raw} />
      ) : (
        <p dir={dir}>{inline(node.tokens)}</p>
      )
    case "text":
      return inline(node.tokens ?? [node])
    case "heading": {
      const Heading = headings[Math.min(node.depth, headings.length) - 1] ?? "h6"
      return <Heading dir={dir}>{inline(node.tokens)}</Heading>
    }
    case "list":
      return <List list={node} open={open} dir={dir} />
    case "blockquote":
      return <blockquote dir={dir}>{nestedBlocks(node.tokens, open)}</blockquote>
    case "table":
      return <TableView table={node} />
    case "code":
      return (
        <CodeBlock
          text={node.text}
          info={node.lang ?? ""}
          open={open && !isFenceClosed(node.raw)}
        />
      )
    case "math":
      return node.open ? (
        <Plain text={node.raw} />
      ) : (
        <MathView tex={node.text} source={node.raw.trim()} display={node.display} />
      )
    case "hr":
      return <hr />
    case "html":
      return <HtmlText raw={node.raw} dir={dir} />
    case "checkbox":
      return inline([node])
    default:
      return null
  }
})

const headings = ["h2", "h3", "h4", "h5", "h6"] as const

function nestedBlocks(tokens: Token[], open: boolean): ReactNode {
  return withOffsets(nodesOf(tokens)).map(({ node, offset }) => (
    <BlockView key={offset} node={node} open={open} nested />
  ))
}

function List({ list, open, dir }: { list: Tokens.List; open: boolean; dir?: "auto" | undefined }) {
  const items = withOffsets(list.items).map(({ node, offset }) => (
    <Item key={offset} item={node} open={open} />
  ))
  if (!list.ordered) return <ul dir={dir}>{items}</ul>
  const start = typeof list.start === "number" ? list.start : 1
  return (
    <ol dir={dir} start={start}>
      {items}
    </ol>
  )
}

const Item = memo(function Item({ item, open }: { item: Tokens.ListItem; open: boolean }) {
  return <li className={item.task ? "md-task" : undefined}>{nestedBlocks(item.tokens, open)}</li>
})

/** Raw HTML is text like any other: it is shown, not obeyed. Comments are not shown. */
function HtmlText({ raw, dir }: { raw: string; dir?: "auto" | undefined }) {
  const shown = raw.replace(/<!--[\s\S]*?(?:-->|$)/g, "").trim()
  if (shown === "") return null
  if (/^<br\s*\/?>$/i.test(shown)) return <br />
  return <Plain text={shown} dir={dir} />
}

function Plain({ text, dir = "auto" }: { text: string; dir?: "auto" | undefined }) {
  return (
    <p className="md-plain" dir={dir}>
      {text}
    </p>
  )
}

function isFenceClosed(raw: string): boolean {
  const mark = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  return !mark || new RegExp(`\\n {0,3}${mark}${mark[0]}*\\s*$`).test(raw)
}
