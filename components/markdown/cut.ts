import type { Node } from "./lexer"

/** Up to where no later text can change the tokens any more. */
type Cut = { count: number; offset: number }

/**
 * The last place in the tail that is settled. The lexer reads from the front, so a place is settled
 * when the block before it has ended for good and the line that follows could not be read as a
 * part of it, whatever comes next.
 */
export function findCut(nodes: Node[], tail: string): Cut {
  const lastNewline = tail.lastIndexOf("\n")
  let cut: Cut = { count: 0, offset: 0 }
  let offset = 0
  nodes.forEach((node, index) => {
    const before = nodes[index - 1]
    const isDecided = offset <= lastNewline || startsWithText(tail.slice(offset, offset + 6))
    if (before && isDecided && node.type !== "space" && (endsItself(before) || interrupts(node))) {
      cut = { count: index, offset }
    }
    offset += node.raw.length
  })
  return cut
}

/** A line of which the first letters show that it is no list item, rule, heading or fence. */
function startsWithText(start: string): boolean {
  return /^ {0,3}(?:\p{L}|\*\*[^*\s])/u.test(start)
}

/** Followed by anything at all, these have ended: by a blank line or a closing mark of their own. */
function endsItself(node: Node): boolean {
  return ["space", "heading", "hr", "code", "html", "math"].includes(node.type)
}

/** These begin a block of their own wherever their line stands. */
function interrupts(node: Node): boolean {
  if (node.type === "heading") return /^ {0,3}#/.test(node.raw)
  if (node.type === "code") return node.codeBlockStyle !== "indented"
  if (node.type === "list") return /^ {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]/.test(node.raw)
  return node.type === "blockquote" || node.type === "hr"
}
