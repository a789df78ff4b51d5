import { Parser } from "htmlparser2"
import { decodePieces } from "./plain.mjs"

/**
 * @typedef {Record<string, string>} Attributes Their names without what stands before a colon.
 * @typedef {{
 *   open?: (name: string, attributes: Attributes) => void,
 *   close?: (name: string) => void,
 *   text?: (text: string) => void,
 * }} Handler
 */

/**
 * Reads XML from front to back. Names come without their prefix, which anybody may choose. A document type
 * is passed over, so there are no entities but those of XML itself. What stands in one of `skipped` is not told.
 * @param {Uint8Array} bytes @param {Handler} handler @param {string[]} [skipped]
 */
export function readXml(bytes, handler, skipped = []) {
  const isSkipped = new Set(skipped)
  let skipDepth = 0
  const parser = new Parser(
    {
      onopentag(qualified, attributes) {
        const name = localName(qualified)
        if (skipDepth > 0 || isSkipped.has(name)) skipDepth++
        else handler.open?.(name, localNames(attributes))
      },
      onclosetag(qualified) {
        if (skipDepth > 0) skipDepth--
        else handler.close?.(localName(qualified))
      },
      ontext(text) {
        if (skipDepth === 0) handler.text?.(text)
      },
    },
    { xmlMode: true },
  )
  for (const piece of decodePieces(bytes)) parser.write(piece)
  parser.end()
}

/** @param {string} name */
function localName(name) {
  return name.slice(name.indexOf(":") + 1)
}

/** @param {Attributes} attributes @returns {Attributes} */
function localNames(attributes) {
  const names = Object.keys(attributes)
  if (!names.some((name) => name.includes(":"))) return attributes
  // "r:id" and "id" may stand side by side; the one with a prefix is kept under its whole name as well.
  const local = names.map((name) => [localName(name), attributes[name] ?? ""])
  return { ...Object.fromEntries(local), ...attributes }
}
