import { Archive } from "./archive.mjs"
import { cellText, readDateStyles } from "./cells.mjs"
import { readRelations } from "./package-parts.mjs"
import { readXml } from "./xml.mjs"

const main = "xl/workbook.xml"
/** Consecutive empty cells to keep; more carry no information. */
const maxEmptyCells = 20

/** Sheets as lines with tabs between the cells: values as last computed. @type {import("./worker.mjs").Reader} */
export function readWorkbook(bytes, output) {
  const archive = new Archive(bytes)
  const relations = readRelations(archive, main)
  /** @type {{ title: string, path: string }[]} */
  const sheets = []
  let isFrom1904 = false
  readXml(archive.get(main), {
    open(name, attributes) {
      if (name === "workbookPr") isFrom1904 = /^(1|true)$/.test(attributes.date1904 ?? "")
      const relation = name === "sheet" && relations.get(attributes["r:id"] ?? "")
      // A sheet may be a chart without cells.
      if (relation && relation.type === "worksheet") {
        sheets.push({ title: attributes.name ?? "", path: relation.target })
      }
    },
  })
  const partOf = (/** @type {string} */ type) =>
    [...relations.values()].find((relation) => relation.type === type)?.target ?? ""
  const strings = readStrings(archive.find(partOf("sharedStrings")))
  const dateStyles = readDateStyles(archive.find(partOf("styles")))
  for (const { title, path } of sheets) {
    output.mark(`Sheet ${title}`)
    readSheet(archive.get(path), { strings, dateStyles, isFrom1904 }, output)
  }
}

/** @param {Buffer | null} bytes @returns {string[]} */
function readStrings(bytes) {
  /** @type {string[]} */
  const strings = []
  if (!bytes) return strings
  let isInText = false
  let text = ""
  readXml(
    bytes,
    {
      open(name) {
        if (name === "si") text = ""
        isInText = name === "t"
      },
      close(name) {
        if (name === "si") strings.push(text)
        isInText = false
      },
      text(piece) {
        if (isInText) text += piece
      },
    },
    ["rPh"], // pronunciation
  )
  return strings
}

/**
 * @param {Buffer} bytes @param {import("./cells.mjs").Facts} facts
 * @param {import("./output.mjs").Output} output
 */
function readSheet(bytes, facts, output) {
  let column = 0
  let cell = { type: "n", style: "", value: "" }
  let isInValue = false
  readXml(
    bytes,
    {
      open(name, { r = "", t = "n", s = "" }) {
        if (name === "row") column = 0
        else if (name === "c") {
          const place = columnOf(r) ?? column
          output.add("\t".repeat(Math.min(Math.max(0, place - column), maxEmptyCells)))
          column = place
          cell = { type: t, style: s, value: "" }
        } else isInValue = name === "v" || name === "t"
      },
      close(name) {
        isInValue = false
        if (name === "row") output.add("\n")
        if (name !== "c") return
        output.add(`${cellText(cell, facts).replace(/[\t\n\r]+/g, " ")}\t`)
        column++
      },
      text(text) {
        if (isInValue) cell.value += text
      },
    },
    ["f", "rPh"],
  )
}

/** "BC12" → 54. @param {string} place */
function columnOf(place) {
  const letters = /^[A-Z]{1,3}/.exec(place)?.[0]
  if (!letters) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
