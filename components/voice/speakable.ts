import type { Token } from "marked"
import { nextBlocks, noBlocks } from "../markdown/blocks"
import { decodeEntities } from "../markdown/entities"
import { type Node, nodesOf } from "../markdown/lexer"

/** Longer pieces are cut, so that the first sound comes soon. */
const mostChars = 300

/**
 * A message in Markdown as the sentences that a voice reads, one after the other. Code and formulas are
 * left out, addresses are said by the name of their site.
 */
export function sentencesOf(markdown: string): string[] {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" })
  const blocks = nextBlocks(noBlocks, markdown, false).groups.flat()
  return [...linesOf(blocks.map(({ node }) => node))]
    .flatMap((line) => [...segmenter.segment(tidy(line))])
    .map(({ segment }) => segment.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .flatMap(inBreaths)
}

/** What stands on lines of its own: paragraphs, headings, entries of lists, rows of tables. */
function* linesOf(nodes: readonly Node[]): Generator<string> {
  for (const node of nodes) {
    switch (node.type) {
      case "heading":
      case "paragraph":
      case "text":
        yield* inlineText(node.tokens ?? [node]).split(/\n{2,}/)
        break
      case "blockquote":
        yield* linesOf(nodesOf(node.tokens))
        break
      case "list":
        for (const item of node.items) yield* linesOf(nodesOf(item.tokens))
        break
      case "table":
        for (const row of [node.header, ...node.rows]) {
          yield row.map(({ tokens }) => inlineText(tokens)).join(", ")
        }
        break
      case "html":
        yield decodeEntities(node.text.replace(tags, " "))
    }
  }
}

const tags = /<[^<>]*>/g

function inlineText(tokens: Token[]): string {
  return nodesOf(tokens)
    .map((node) => {
      switch (node.type) {
        case "text":
          return node.tokens ? inlineText(node.tokens) : decodeEntities(node.text)
        case "escape":
        case "codespan":
          return decodeEntities(node.text)
        case "strong":
        case "em":
        case "del":
        case "link":
          return inlineText(node.tokens)
        case "image":
          return node.text
        case "br":
          return "\n"
        case "math":
          // "x" and "n + 1" can be said, what needs commands cannot.
          return /^[\p{L}\p{N}\s.,+=()-]{1,20}$/u.test(node.text) ? node.text : ""
        default:
          return ""
      }
    })
    .join("")
}

const address = /\b(?:https?:\/\/|www\.)(?:www\.)?([^\s/?#:]+)[^\s]*?(?=[.,;:!?)\]]*(?:\s|$))/gi
const sourceNumbers = /\s*(?:\[\d{1,3}\])+/g
const pictures = /\p{Extended_Pictographic}|\u{fe0f}|\u{200d}/gu

function tidy(line: string): string {
  return line
    .replace(address, "$1")
    .replace(sourceNumbers, "")
    .replace(pictures, (sign) => (/[©®™]/.test(sign) ? sign : ""))
    .replace(/\s+/g, " ")
    .replace(/ (?=[.,;:!?](?:\s|$))/g, "")
}

/** A sentence in pieces of a length that is read at once, cut where one would breathe. */
function inBreaths(sentence: string): string[] {
  const pieces: string[] = []
  let rest = sentence
  while (rest.length > mostChars) {
    const head = rest.slice(0, mostChars)
    const cut = [/.*[,;:–—、，；：](?=\s|$)/su, /.*[、，；：]/su, /.*\s/su]
      .map((pattern) => pattern.exec(head)?.[0].length ?? 0)
      .find((length) => length > mostChars / 3)
    const piece = cut ? rest.slice(0, cut) : head.replace(/[\ud800-\udbff]$/, "")
    pieces.push(piece.trim())
    rest = rest.slice(piece.length).trim()
  }
  return rest === "" ? pieces : [...pieces, rest]
}
