import { Archive } from "./archive.mjs"
import { limits } from "./limits.mjs"
import { readRelations } from "./package-parts.mjs"
import { notContent, paragraphs } from "./paragraphs.mjs"
import { readXml } from "./xml.mjs"

const main = "ppt/presentation.xml"

/** The text of slides in presentation order, each with its notes. @type {import("./worker.mjs").Reader} */
export function readSlides(bytes, output) {
  const archive = new Archive(bytes)
  const relations = readRelations(archive, main)
  /** @type {string[]} */
  const slides = []
  readXml(archive.get(main), {
    open(name, attributes) {
      const relation = name === "sldId" && relations.get(attributes["r:id"] ?? "")
      if (relation) slides.push(relation.target)
    },
  })
  output.pages = slides.length
  for (const [index, slide] of slides.slice(0, limits.pages).entries()) {
    output.mark(`Slide ${index + 1}`)
    readXml(archive.get(slide), paragraphs(output), notContent)
    for (const { target, type } of readRelations(archive, slide).values()) {
      const notes = type === "notesSlide" && archive.find(target)
      // Besides its text, a notes page has a field with the slide number.
      if (notes) readXml(notes, paragraphs(output), [...notContent, "fld"])
    }
  }
  output.isCut = slides.length > limits.pages
}
