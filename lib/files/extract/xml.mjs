import { Parser } from "htmlparser2"
import { decodePieces } from "./plain.mjs"

/**
 * @typedef {Record<string, string>} Attributes Attributes by name without prefix.
 * @typedef {{
 *   open?: (name: string, attributes: Attributes) => void,
 *   close?: (name: string) => void,
 *   text?: (text: string) => void,
 * }} Handler
 */

/**
 * A streaming XML parser. Names are passed without their prefix, which is arbitrary. A document type declaration is
 * ignored, so only the predefined entities exist. Content of `skipped` elements is not reported.
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
  // "r:id" and "id" may both exist; the prefixed one is also kept under its full name.
  const local = names.map((name) => [localName(name), attributes[name] ?? ""])
  return { ...Object.fromEntries(local), ...attributes }
}
