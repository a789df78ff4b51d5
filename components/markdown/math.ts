import type { TokenizerExtensionFunction, TokenizerStartFunction } from "marked"

/** A formula. `text` is TeX; an open one has not been closed yet and is shown as it was written. */
export type MathToken = {
  type: "math"
  raw: string
  text: string
  display: boolean
  open: boolean
}

/** Looking further than this for the end of a formula would cost more than it could find. */
const maxLength = 4_000

// No formula holds a blank line, so a forgotten closing mark never swallows the rest of a text.
const line = String.raw`(?:[^\n]|\n(?![ \t]*(?:\n|$)))`
const dollarBlock = new RegExp(String.raw`^ {0,3}\$\$((?:(?!\$\$)${line})+?)\$\$[ \t]*(?:\n|$)`)
const bracketBlock = new RegExp(String.raw`^ {0,3}\\\[((?:(?!\\\])${line})+?)\\\][ \t]*(?:\n|$)`)
const openBlock = new RegExp(
  String.raw`^ {0,3}(?:\$\$(?!${line}*\$\$)|\\\[(?!${line}*\\\]))${line}*(?:\n[ \t]*)?$`,
)

const dollarInline = /^\$(?![\s$])((?:\\[^\n]|[^\\$]){1,2000})\$(?!\d)/
const dollarsInline = /^\$\$((?:\\[^\n]|[^\\$]){1,2000})\$\$/
const roundInline = /^\\\(((?:(?!\\\))[\s\S]){1,2000})\\\)/
const squareInline = /^\\\[((?:(?!\\\])[\s\S]){1,2000})\\\]/

const blockMath: TokenizerExtensionFunction = (source) => {
  if (!/^ {0,3}(?:\$\$|\\\[)/.test(source)) return undefined
  const closed = dollarBlock.exec(source) ?? bracketBlock.exec(source)
  if (closed) return formula(closed[0], closed[1] ?? "", true)
  const open = source.length <= maxLength ? openBlock.exec(source) : null
  return open ? { ...formula(open[0], open[0], true), open: true } : undefined
}

const blockMathStart: TokenizerStartFunction = (source) => {
  const found = /\n(?:[ \t]*\n|( {0,3}(?:\$\$|\\\[)))/.exec(source.slice(0, maxLength))
  return found?.[1] === undefined ? undefined : found.index + 1
}

/**
 * Prices stay prices: a formula's first dollar stands before a non-space and not after a word, its
 * last one after a non-space and not before a digit.
 */
const inlineMath: TokenizerExtensionFunction = (source, tokens) => {
  if (source.startsWith("$")) {
    const twice = dollarsInline.exec(source)
    if (twice) return formula(twice[0], twice[1] ?? "", true)
    const once = dollarInline.exec(source)
    const isPrice = !once || /\s$/.test(once[1] ?? "") || /[\w$]$/.test(tokens.at(-1)?.raw ?? "")
    return isPrice ? undefined : formula(once[0], once[1] ?? "", false)
  }
  if (!source.startsWith("\\")) return undefined
  const round = roundInline.exec(source)
  if (round) return formula(round[0], round[1] ?? "", false)
  const square = squareInline.exec(source)
  return square ? formula(square[0], square[1] ?? "", true) : undefined
}

const inlineMathStart: TokenizerStartFunction = (source) => {
  const index = source.indexOf("$")
  return index < 0 ? undefined : index
}

function formula(raw: string, text: string, display: boolean): MathToken {
  return { type: "math", raw, text: text.trim(), display, open: false }
}

/** Marked's extension table for `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. */
export const mathExtensions = {
  renderers: {},
  childTokens: {},
  block: [blockMath],
  startBlock: [blockMathStart],
  inline: [inlineMath],
  startInline: [inlineMathStart],
}
