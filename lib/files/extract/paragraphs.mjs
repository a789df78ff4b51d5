/**
 * Converts the paragraphs and tables of Office Open XML, which are the same in documents and slides. Table rows
 * become lines with tabs between the cells.
 * @param {import("./output.mjs").Output} output @returns {import("./xml.mjs").Handler}
 */
export function paragraphs(output) {
  let cellDepth = 0
  let isInText = false
  return {
    open(name) {
      if (name === "tc") cellDepth++
      else if (name === "t") isInText = true
      else if (name === "br" || name === "cr") output.add("\n")
      else if (name === "tab") output.add("\t")
      else if (name === "noBreakHyphen") output.add("-")
    },
    close(name) {
      if (name === "t") isInText = false
      else if (name === "p") output.add(cellDepth > 0 ? " " : "\n")
      else if (name === "tr") output.add("\n")
      else if (name === "tc") {
        cellDepth--
        output.add("\t")
      }
    },
    text(text) {
      if (isInText) output.add(text)
    },
  }
}

/**
 * Elements that are not content: formatting (including tab stops), fallback copies of drawings, the origin of moved
 * text, pronunciation.
 */
export const notContent = ["pPr", "rPr", "tblPr", "Fallback", "moveFrom", "rt"]
