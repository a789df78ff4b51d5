import type { Tokens } from "marked"
import type { Node } from "./lexer"

/** A code fence that has not been closed yet: its text only grows. */
export type OpenFence = { node: Tokens.Code; bodyStart: number; closing: RegExp }

/** The fence the whole tail is inside of, if it is. */
export function openFence(nodes: Node[], tail: string): OpenFence | null {
  const [node] = nodes
  const head = /^(`{3,}|~{3,})[^\n]*\n/.exec(tail)
  if (nodes.length !== 1 || node?.type !== "code" || !head) return null
  const mark = head[1] ?? ""
  const closing = new RegExp(`\\n {0,3}${mark}${mark[0]}*[ \\t]*(?=\\n|$)`)
  const bodyStart = head[0].length
  return closing.test(tail.slice(bodyStart - 1)) ? null : { node, bodyStart, closing }
}

/** The code block with what came after `readLength`; null when that may close it. */
export function growFence(fence: OpenFence, tail: string, readLength: number): Tokens.Code | null {
  const lineStart = tail.lastIndexOf("\n", readLength - 1)
  if (fence.closing.test(tail.slice(Math.max(lineStart, fence.bodyStart - 1)))) return null
  // Marks on the last line may be the beginning of the closing fence.
  const text = tail.slice(fence.bodyStart).replace(/(?:^|\n) {0,3}[`~]*$/, "")
  return { ...fence.node, raw: tail, text }
}
