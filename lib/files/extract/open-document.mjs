import { Archive } from "./archive.mjs"
import { Unreadable } from "./unreadable.mjs"
import { readXml } from "./xml.mjs"

/** Maximum repetitions of a repeated cell; a spreadsheet ends in a million empty ones. */
const maxRepeats = 20

/** Text, tables and slides of an OpenDocument file. @type {import("./worker.mjs").Reader} */
export function readOpenDocument(bytes, output) {
  const archive = new Archive(bytes)
  checkEncryption(archive)
  const isWorkbook = /spreadsheet/.test(archive.find("mimetype")?.toString("latin1") ?? "")
  let paragraphDepth = 0
  let cellDepth = 0
  let repeats = 1
  let slides = 0
  readXml(
    archive.get("content.xml"),
    {
      open(name, attributes) {
        if (name === "p" || name === "h") paragraphDepth++
        else if (name === "tab") output.add("\t")
        else if (name === "line-break") output.add("\n")
        else if (name === "s") output.add(" ".repeat(timesOf(attributes.c)))
        else if (name === "table" && isWorkbook) output.mark(`Sheet ${attributes.name ?? ""}`)
        else if (name === "page") output.mark(`Slide ${++slides}`)
        else if (isCell(name)) {
          cellDepth++
          repeats = timesOf(attributes["number-columns-repeated"])
        }
      },
      close(name) {
        if (name === "p" || name === "h") {
          paragraphDepth--
          output.add(cellDepth > 0 ? " " : "\n")
        } else if (name === "table-row") output.add("\n")
        else if (isCell(name)) {
          cellDepth--
          output.add("\t".repeat(repeats))
          repeats = 1
        }
      },
      text(text) {
        // Line breaks in the XML are formatting, not content.
        if (paragraphDepth > 0) output.add(text.replace(/\s+/g, " "))
      },
    },
    ["tracked-changes", "annotation", "automatic-styles", "page-thumbnail"],
  )
  if (slides > 0) output.pages = slides
}

/** @param {string} name */
function isCell(name) {
  return name === "table-cell" || name === "covered-table-cell"
}

/** @param {string | undefined} count */
function timesOf(count) {
  return Math.min(maxRepeats, Math.max(1, Number(count ?? 1) || 1))
}

/** @param {Archive} archive */
function checkEncryption(archive) {
  const manifest = archive.find("META-INF/manifest.xml")
  if (!manifest) return
  readXml(manifest, {
    open(name) {
      if (name === "encryption-data") throw new Unreadable("encrypted")
    },
  })
}
