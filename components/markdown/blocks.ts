// A growing text as blocks. What is closed is never looked at again; only the open tail is lexed
// anew, and of an open code fence not even that.
import type { Links } from "marked"
import { findCut } from "./cut"
import { growFence, type OpenFence, openFence } from "./fence"
import { type InlineCache, lex, type Node } from "./lexer"
import { reuseBlocks } from "./reuse"
import { completeTail } from "./tail"

/** One top-level piece of a text. An open one may still change; a closed one stays this object. */
export type Block = { key: number; node: Node; open: boolean }

export type Blocks = {
  text: string
  /** All blocks in order, in groups of a fixed size: groups of closed blocks keep their identity. */
  groups: readonly (readonly Block[])[]
  tail: readonly Block[]
  closedCount: number
  closedLength: number
  links: Links
  inline: InlineCache
  fence: OpenFence | null
  /** How many characters the lexer has been given so far, over all updates. */
  lexedLength: number
}

const groupSize = 32

export const noBlocks: Blocks = {
  text: "",
  groups: [],
  tail: [],
  closedCount: 0,
  closedLength: 0,
  links: {},
  inline: new Map(),
  fence: null,
  lexedLength: 0,
}

/** The blocks of `text`: cheap when it continues the text of `previous`, else made from nothing. */
export function nextBlocks(previous: Blocks, text: string, streaming: boolean): Blocks {
  const current = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
  if (!current.startsWith(previous.text)) return nextBlocks(noBlocks, current, streaming)
  const tail = current.slice(previous.closedLength)
  if (streaming) return growTail(previous, current, tail) ?? lexTail(previous, current, tail, true)

  // A definition may follow its uses, and may span what looked closed: the end reads all of it once.
  const isReadAgain = previous.text !== "" && current.includes("]:")
  if (!isReadAgain) return lexTail(previous, current, tail, false)
  const whole = lexTail(noBlocks, current, current, false)
  const closed = previous.groups.flat().slice(0, previous.closedCount)
  const blocks = reuseBlocks(closed, whole.groups.flat(), { deep: true })
  return { ...whole, groups: place([], 0, blocks) }
}

function growTail(previous: Blocks, text: string, tail: string): Blocks | null {
  const { fence, closedLength, closedCount, groups } = previous
  const node = fence && growFence(fence, tail, previous.text.length - closedLength)
  if (!node) return null
  const blocks = [{ key: closedCount, node, open: true }]
  return { ...previous, text, tail: blocks, groups: place(groups, closedCount, blocks) }
}

function lexTail(previous: Blocks, text: string, tail: string, streaming: boolean): Blocks {
  const { links, inline } = previous
  const shown = streaming ? completeTail(tail) : tail
  const lexed = lex(shown, { links, inline, continues: streaming })
  const cut = findCut(lexed.nodes, tail)
  const closed = lexed.nodes.slice(0, cut.count)
  const open = lexed.nodes.slice(cut.count)

  const isLeftOpen = (index: number) => streaming && index >= cut.count
  const made = lexed.nodes
    .map((node, index) => ({ node, open: isLeftOpen(index) }))
    .filter(({ node }) => isShown(node))
    .map((block, index): Block => ({ key: previous.closedCount + index, ...block }))
  const blocks = streaming ? reuseBlocks(previous.tail, made) : made
  const closedBlocks = closed.filter(isShown).length
  return {
    text,
    groups: place(previous.groups, previous.closedCount, blocks),
    tail: blocks.slice(closedBlocks),
    closedCount: previous.closedCount + closedBlocks,
    closedLength: previous.closedLength + cut.offset,
    links: withDefinitions(links, closed),
    inline: lexed.inline,
    fence: streaming ? openFence(open, tail.slice(cut.offset)) : null,
    lexedLength: previous.lexedLength + tail.length,
  }
}

function isShown(node: Node): boolean {
  return node.type !== "space" && node.type !== "def"
}

/** The groups with everything from block `from` on replaced. */
function place(groups: Blocks["groups"], from: number, blocks: Block[]): Blocks["groups"] {
  const kept = Math.floor(from / groupSize)
  const rest = [...(groups[kept] ?? []).slice(0, from % groupSize), ...blocks]
  const placed = groups.slice(0, kept)
  for (let start = 0; start < rest.length; start += groupSize) {
    placed.push(rest.slice(start, start + groupSize))
  }
  return placed
}

function withDefinitions(links: Links, nodes: Node[]): Links {
  const definitions = nodes.filter((node) => node.type === "def")
  if (definitions.length === 0) return links
  const known: Links = Object.assign(Object.create(null), links)
  for (const { tag, href, title } of definitions) known[tag] ??= { href, title }
  return known
}
