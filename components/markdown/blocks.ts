// A growing text as blocks. What is closed is never looked at again; only the open tail is lexed
// anew, and of an open code fence not even that. The lexer takes the square of some texts, so it never gets
// more than a bounded piece: a long text costs by its length, whatever is in it.
import type { Links } from "marked"
import { findCut } from "./cut"
import { growFence, type OpenFence, openFence } from "./fence"
import { definitionsIn, type InlineCache, lex, type Node } from "./lexer"
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
  /** Nothing of the text that was given is left to be read. */
  isWhole: boolean
}

const groupSize = 32
/** Characters that are read at a time. */
const pieceLength = 4_000
/** A block that is still open after this is closed here; a table later, since it would lose its head. */
const longestBlock = 8_000
/** Of a paragraph every word may be an element, all of which are drawn anew with each addition. */
const longestParagraph = 4_000
const longestTable = 40_000
const longestPicture = 300_000

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
  isWhole: true,
}

/**
 * The blocks of `text`: cheap when it continues the text of `previous`, else made from nothing. Of what is new
 * no more than about `length` characters are read; `isWhole` says whether that was all.
 */
export function nextBlocks(
  previous: Blocks,
  text: string,
  streaming: boolean,
  length = Number.POSITIVE_INFINITY,
): Blocks {
  const whole = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text
  let blocks = whole.startsWith(previous.text) ? previous : noBlocks
  const most = blocks.text.length + length
  do blocks = readPiece(blocks, whole, streaming)
  while (!blocks.isWhole && blocks.text.length < most)
  return blocks
}

function readPiece(previous: Blocks, whole: string, streaming: boolean): Blocks {
  const end = isTable(previous)
    ? tableEnd(whole, previous.text.length)
    : pieceEnd(whole, previous.text.length)
  const isWhole = end === whole.length
  if (previous.text === "" && !isWhole) previous = { ...previous, links: definitionsIn(whole) }
  const text = whole.slice(0, end)
  const tail = text.slice(previous.closedLength)
  if (isWhole && !streaming) return finish(previous, text, tail)
  const grown = growTail(previous, text, tail) ?? lexTail(previous, text, tail, true)
  const longest = isInPicture(tail) ? longestPicture : longestOpen(grown)
  // What has neither a line nor a word in it is nothing to wait for.
  const isWordless = !isWhole && !isInPicture(tail) && !/\s/.test(tail.slice(-pieceLength))
  const isShort = text.length - grown.closedLength <= longest && !isWordless
  if (grown.fence || isShort) return { ...grown, isWhole }
  return { ...lexTail(previous, text, tail, false, true), isWhole }
}

/** How long the open end of a text may become before it is closed. */
function longestOpen(blocks: Blocks): number {
  if (isTable(blocks)) return longestTable
  return blocks.tail.at(-1)?.node.type === "paragraph" ? longestParagraph : longestBlock
}

function isTable({ tail }: Blocks): boolean {
  return tail.at(-1)?.node.type === "table"
}

/** Where a table ends that is read at once: piece by piece it would be read again with each. */
function tableEnd(text: string, start: number): number {
  let end = start
  while (end < text.length && end - start < longestTable) {
    const next = text.indexOf("\n", end) + 1 || text.length
    if (text.slice(end, next).trim() === "") break
    end = next
  }
  return end > start ? end : pieceEnd(text, start)
}

/** Where the next piece of a text ends: with a line where there is one, never within a character. */
function pieceEnd(text: string, start: number): number {
  const end = start + pieceLength
  if (end >= text.length) return text.length
  if (isInPicture(text.slice(start, end))) {
    const pictureEnd = text.slice(end, end + longestPicture).indexOf(")") + 1
    if (pictureEnd > 0) return end + pictureEnd
  }
  const line = text.lastIndexOf("\n", end - 1) + 1
  if (line > start) return line
  const space = text.lastIndexOf(" ", end - 1) + 1
  if (space > start) return space
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end
}

/** Whether a text ends within a picture that is written out in it. */
function isInPicture(text: string): boolean {
  const start = text.lastIndexOf("](data:image/")
  return start >= 0 && !text.includes(")", start)
}

function finish(previous: Blocks, text: string, tail: string): Blocks {
  // A definition may follow its uses, and may span what looked closed: the end reads all of it once.
  const isReadAgain = previous.text !== "" && text.length <= longestBlock && text.includes("]:")
  if (!isReadAgain) return lexTail(previous, text, tail, false)
  const whole = lexTail(noBlocks, text, text, false)
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

/** `isClosing`: what is open is closed too, as if a blank line followed. */
function lexTail(
  previous: Blocks,
  text: string,
  tail: string,
  streaming: boolean,
  isClosing = false,
): Blocks {
  const { links, inline } = previous
  const shown = streaming ? completeTail(tail) : tail
  const lexed = lex(shown, { links, inline, continues: streaming })
  const all = { count: lexed.nodes.length, offset: tail.length }
  const cut = isClosing ? all : findCut(lexed.nodes, tail)
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
    isWhole: true,
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
