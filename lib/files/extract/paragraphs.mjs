/**
 * Follows paragraphs and tables of an office document of Microsoft's kinds; both name their parts alike.
 * Rows of a table become lines with tabs between the cells.
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
 * What is not content of its own: how things look (tab stops among it), a drawing told again for programs
 * that do not know the first telling, from where something was moved, how a word is pronounced.
 */
export const notContent = ["pPr", "rPr", "tblPr", "Fallback", "moveFrom", "rt"]
