import type { Token, Tokens } from "marked"
import { createElement, Fragment, type ReactNode } from "react"
import { decodeEntities } from "./entities"
import { ImageView } from "./image-view"
import { type Node, nodesOf } from "./lexer"
import { safeImage, safeLink } from "./links"
import { MathView } from "./math-view"
import { withOffsets } from "./offsets"

/** Inline tokens as elements. Inside a link nothing else can be clicked. */
export function inline(tokens: Token[], inLink = false): ReactNode {
  return withOffsets(nodesOf(tokens)).map(({ node, offset }) =>
    createElement(Fragment, { key: offset }, inlineNode(node, inLink)),
  )
}

function inlineNode(node: Node, inLink: boolean): ReactNode {
  switch (node.type) {
    case "text":
      return node.tokens ? inline(node.tokens, inLink) : decodeEntities(node.raw)
    case "escape":
      return node.text
    case "strong":
      return <strong>{inline(node.tokens, inLink)}</strong>
    case "em":
      return <em>{inline(node.tokens, inLink)}</em>
    case "del":
      return <del>{inline(node.tokens, inLink)}</del>
    case "codespan":
      return <code dir="ltr">{node.text}</code>
    case "br":
      return <br />
    case "checkbox":
      return (
        <input
          type="checkbox"
          checked={node.checked}
          disabled
          readOnly
          aria-label={taskLabel(node)}
        />
      )
    case "html":
      return htmlText(node.raw)
    case "math":
      return <MathView tex={node.text} source={node.raw} display={node.display} />
    case "link":
      return link(node, inLink)
    case "image":
      return image(node, inLink)
    default:
      return node.raw
  }
}

function taskLabel({ checked }: Tokens.Checkbox): string {
  return checked ? "Done" : "To do"
}

function htmlText(raw: string): ReactNode {
  if (/^<br\s*\/?>$/i.test(raw)) return <br />
  return raw.startsWith("<!--") ? null : raw
}

function link(node: Tokens.Link, inLink: boolean): ReactNode {
  const text = node.autolink ? node.text : inline(node.tokens, true)
  const target = inLink ? null : safeLink(node.href)
  if (!target) return text
  return (
    <a href={target.href} title={target.host} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  )
}

function image(node: Tokens.Image, inLink: boolean): ReactNode {
  const alt = decodeEntities(node.text)
  const source = safeImage(node.href)
  if (source?.kind === "embedded") {
    // biome-ignore lint/performance/noImgElement: the picture is in the text itself
    return <img className="md-image" src={source.href} alt={alt} />
  }
  return source && !inLink ? <ImageView href={source.href} host={source.host} alt={alt} /> : alt
}
