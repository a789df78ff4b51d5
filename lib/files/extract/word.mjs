import { Archive } from "./archive.mjs"
import { readRelations } from "./package-parts.mjs"
import { notContent, paragraphs } from "./paragraphs.mjs"
import { Unreadable } from "./unreadable.mjs"
import { readXml } from "./xml.mjs"

const notes = { footnotes: "Footnotes", endnotes: "Endnotes", comments: "Comments" }

/** The text of a word processor file, followed by its notes. @type {import("./worker.mjs").Reader} */
export function readWord(bytes, output) {
  const archive = new Archive(bytes)
  const main = archive.names.find((name) => /^word\/document\d*\.xml$/.test(name))
  if (!main) throw new Unreadable("damaged")
  readXml(archive.get(main), paragraphs(output), notContent)
  for (const { target, type } of readRelations(archive, main).values()) {
    const title = Object.hasOwn(notes, type) ? notes[type] : undefined
    const content = title && archive.find(target)
    if (!content) continue
    output.mark(title)
    readXml(content, paragraphs(output), notContent)
  }
}
