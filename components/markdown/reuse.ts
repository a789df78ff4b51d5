import type { Tokens } from "marked"
import type { Block } from "./blocks"
import { type Node, nodesOf } from "./lexer"

/**
 * The new blocks, with objects of the earlier ones wherever nothing has changed: what keeps its
 * identity is not rendered again. The last block of either is never taken for unchanged, since its
 * end may have been completed for show. `deep` compares the tokens, for when definitions came late.
 */
export function reuseBlocks(
  before: readonly Block[],
  made: readonly Block[],
  { deep = false } = {},
): Block[] {
  return made.map((block, index) => {
    const earlier = before[index]
    if (!earlier || earlier.node.type !== block.node.type) return block
    const isSettled = deep || (index < before.length - 1 && index < made.length - 1)
    if (isSettled && isSame(earlier.node, block.node, deep)) {
      return earlier.open === block.open ? earlier : { ...block, node: earlier.node }
    }
    if (!deep) reuseChildren(earlier.node, block.node)
    return block
  })
}

function isSame(earlier: Node, node: Node, deep: boolean): boolean {
  if (earlier.raw !== node.raw) return false
  return !deep || !node.raw.includes("[") || JSON.stringify(earlier) === JSON.stringify(node)
}

function reuseChildren(earlier: Node, node: Node): void {
  if (earlier.type === "list" && node.type === "list") {
    node.items = merge(earlier.items, node.items, isSameItem, reuseItem)
  } else if (earlier.type === "table" && node.type === "table") {
    node.rows = merge(earlier.rows, node.rows, isSameRow)
  }
}

function reuseItem(earlier: Tokens.ListItem, item: Tokens.ListItem): void {
  const before = nodesOf(earlier.tokens)
  item.tokens = merge(before, nodesOf(item.tokens), isSameChild, reuseChildren)
}

function merge<T>(
  before: T[],
  made: T[],
  isEqual: (earlier: T, item: T) => boolean,
  reuseWithin?: (earlier: T, item: T) => void,
): T[] {
  return made.map((item, index) => {
    const earlier = before[index]
    if (earlier === undefined) return item
    const isLast = index >= made.length - 1 || index >= before.length - 1
    if (!isLast && isEqual(earlier, item)) return earlier
    reuseWithin?.(earlier, item)
    return item
  })
}

function isSameChild(earlier: Node, node: Node): boolean {
  return earlier.type === node.type && earlier.raw === node.raw
}

function isSameItem(earlier: Tokens.ListItem, item: Tokens.ListItem): boolean {
  return earlier.raw === item.raw && earlier.loose === item.loose
}

function isSameRow(earlier: Tokens.TableCell[], row: Tokens.TableCell[]): boolean {
  return row.every(
    (cell, index) => cell.text === earlier[index]?.text && cell.align === earlier[index]?.align,
  )
}
