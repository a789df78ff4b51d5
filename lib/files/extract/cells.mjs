import { readXml } from "./xml.mjs"

/**
 * @typedef {{ strings: string[], dateStyles: Set<string>, isFrom1904: boolean }} Facts
 * Shared data that the cells of a workbook refer to.
 */

/**
 * The text of a cell, as a person would type it.
 * @param {{ type: string, style: string, value: string }} cell @param {Facts} facts
 */
export function cellText({ type, style, value }, { strings, dateStyles, isFrom1904 }) {
  if (type === "s") return strings[Number(value)] ?? ""
  if (type === "b") return value === "1" ? "TRUE" : "FALSE"
  if (type !== "n" || !dateStyles.has(style)) return value
  return dateText(Number(value), isFrom1904) ?? value
}

/**
 * Dates are stored as days since 1899-12-30, or since 1904-01-01.
 * @param {number} days @param {boolean} isFrom1904
 */
function dateText(days, isFrom1904) {
  if (!Number.isFinite(days) || days < 0 || days > 2_958_466) return null
  const start = isFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const text = new Date(start + Math.round(days * 86_400) * 1_000).toISOString()
  const [date, time = ""] = text.slice(0, 19).split("T")
  if (days < 1) return time
  return time === "00:00:00" ? date : `${date} ${time}`
}

/**
 * The cell styles that format a number as a date or time.
 * @param {Buffer | null} bytes @returns {Set<string>}
 */
export function readDateStyles(bytes) {
  const found = new Set()
  if (!bytes) return found
  const formats = new Map()
  let isInStyles = false
  let index = 0
  readXml(bytes, {
    open(name, { numFmtId = "", formatCode = "" }) {
      if (name === "numFmt") formats.set(numFmtId, formatCode)
      if (name === "cellXfs") isInStyles = true
      if (name !== "xf" || !isInStyles) return
      if (isDateFormat(numFmtId, formats.get(numFmtId))) found.add(String(index))
      index++
    },
    close(name) {
      if (name === "cellXfs") isInStyles = false
    },
  })
  return found
}

/** @param {string} id @param {string | undefined} code */
function isDateFormat(id, code) {
  const number = Number(id)
  if (code === undefined) return (number >= 14 && number <= 22) || (number >= 45 && number <= 47)
  // Literal text is quoted, escaped, or a color or locale in brackets.
  return /[ymdhs]/i.test(code.slice(0, 500).replace(/"[^"]*"|\\.|_.|\[[^\]]*\]/g, ""))
}
