// Marked is used for its lexer only: text to tokens. No HTML string is ever made from them.
import { Lexer, type Links, type MarkedToken, type Token, Tokenizer, type TokensList } from "marked"
import { completeOpen } from "./complete"
import { type MathToken, mathExtensions } from "./math"

export type Node = MarkedToken | MathToken

type Lexed = { nodes: Node[]; inline: InlineCache }

/** Inline tokens of an earlier pass by their source: an open block pays only for what is new. */
export type InlineCache = ReadonlyMap<string, Token[]>

type LexOptions = {
  links?: Links | undefined
  inline?: InlineCache | undefined
  /** The text goes on: what is open at its end is shown as if it were closed. */
  continues?: boolean
}

const maxDepth = 30
const maxInlineLength = 50_000
/** More columns than a page could show; each short row is filled up to them. */
const maxColumns = 100
/** Characters in which the underline of a heading, or the end of an address, is looked for. */
const headingLength = 1_000
const addressLength = 2_000

/** Whether a run of text is too long to be worth its markup: it is shown as it was written. */
export function isOversized(source: string): boolean {
  return source.length > maxInlineLength && !/^!\[[^\]]*\]\(data:image\//.test(source)
}

/** The tokens of a text. Never throws and never nests deeper than the screen could show. */
export function lex(source: string, options: LexOptions = {}): Lexed {
  try {
    return lexUnguarded(source, options)
  } catch {
    // A hostile text that overruns the lexer is still a text.
    return { nodes: [plain(source)], inline: new Map() }
  }
}

function lexUnguarded(source: string, { links, inline, continues }: LexOptions): Lexed {
  const lexer = new BoundedLexer()
  Object.assign(lexer.tokens.links, links)
  lexer.blockTokens(source, lexer.tokens)

  const openRun = continues ? lastRun(nodesOf(lexer.tokens)) : undefined
  const lexed = new Map<string, Token[]>()
  for (const entry of lexer.inlineQueue) {
    const isOpen = entry.tokens === openRun
    const base = isOpen ? longRunBase(entry.src, inline) : undefined
    const written = base ?? (isOpen && !isLong(entry.src) ? completeOpen(entry.src) : entry.src)
    const tokens = lexed.get(written) ?? inline?.get(written) ?? lexer.inlineRun(written)
    lexed.set(written, tokens)
    for (const token of tokens) entry.tokens.push(token)
    if (base !== undefined) entry.tokens.push(text(entry.src.slice(base.length)))
  }
  return { nodes: nodesOf(lexer.tokens), inline: lexed }
}

function isLong(source: string): boolean {
  return source.length > 8_000
}

/**
 * What has been read of a very long run that grows. It is read again only when it has grown by a
 * tenth, so that the work stays in proportion to its length; until then the rest is plain text.
 */
function longRunBase(source: string, inline: InlineCache | undefined): string | undefined {
  if (!isLong(source)) return undefined
  const known = [...(inline?.keys() ?? [])].filter(isLong)
  return known.find((base) => source.startsWith(base) && source.length < base.length * 1.1)
}

const maxDefinitions = 1_000

/** The addresses that a text defines for its links, each on a line of its own. */
export function definitionsIn(source: string): Links {
  const lines = source.match(/^ {0,3}\[[^\]\n]{1,300}\]:.{0,2000}$/gm) ?? []
  const lexer = new BoundedLexer()
  lexer.blockTokens(lines.slice(0, maxDefinitions).join("\n\n"), lexer.tokens)
  return lexer.tokens.links
}

/** The inline tokens that the end of a text falls into. */
function lastRun(nodes: Node[]): Token[] | undefined {
  const last = nodes.at(-1)
  switch (last?.type) {
    case "list":
      return lastRun(nodesOf(last.items.at(-1)?.tokens))
    case "blockquote":
      return lastRun(nodesOf(last.tokens))
    case "table":
      return (last.rows.at(-1) ?? last.header).findLast((cell) => cell.text !== "")?.tokens
    case "paragraph":
    case "heading":
    case "text":
      return last.tokens
    default:
      return undefined
  }
}

/** The lexer makes exactly marked's own tokens and those of our extension; its types allow more. */
export function nodesOf(tokens: Token[] | undefined): Node[] {
  return (tokens ?? []) as Node[]
}

function plain(source: string): Node {
  return { type: "paragraph", raw: source, text: source, tokens: [text(source)] }
}

function text(source: string): Token {
  return { type: "text", raw: source, text: source }
}

class BoundedLexer extends Lexer {
  depth = 0

  constructor() {
    super({ gfm: true, tokenizer: new BoundedTokenizer(), extensions: mathExtensions })
  }

  inlineRun(source: string): Token[] {
    if (isOversized(source)) return [text(source)]
    // Tags are only text here: one left open says nothing about the next run.
    this.state.inRawBlock = false
    this.state.inLink = false
    return this.inlineTokens(source)
  }

  override blockTokens(source: string, tokens?: Token[], clipped?: boolean): Token[]
  override blockTokens(source: string, tokens?: TokensList, clipped?: boolean): TokensList
  override blockTokens(source: string, tokens: Token[] = [], clipped = false): Token[] {
    this.depth += 1
    const result = super.blockTokens(source, tokens, clipped)
    this.depth -= 1
    return result
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    if (this.depth > maxDepth) {
      tokens.push(text(source))
      return tokens
    }
    this.depth += 1
    super.inlineTokens(source, tokens)
    this.depth -= 1
    return tokens
  }
}

class BoundedTokenizer extends Tokenizer {
  override blockquote(source: string) {
    return this.isDeep() ? undefined : super.blockquote(source)
  }

  override list(source: string) {
    return this.isDeep() ? undefined : super.list(source)
  }

  override table(source: string) {
    const head = source.slice(0, source.indexOf("\n") + 1)
    return head.split("|").length > maxColumns ? undefined : super.table(source)
  }

  // Tried for each line of a list, and looks through all that follow.
  override lheading(source: string) {
    const near = source.slice(0, source.indexOf("\n", headingLength) + 1 || undefined)
    const heading = super.lheading(near)
    if (!heading || !/\n {0,3}(?:\$\$|\\\[)/.test(heading.raw)) return heading
    // A formula on lines of its own ends the paragraph that an underline would make a heading.
    this.lexer.inlineQueue.pop()
    return undefined
  }

  // Tried at each letter, and reads a long word to its end for the sign of a mail address.
  override url(source: string) {
    return super.url(source.slice(0, addressLength))
  }

  private isDeep(): boolean {
    return this.lexer instanceof BoundedLexer && this.lexer.depth > maxDepth
  }
}
