import { getDocument } from "unpdf/pdfjs"
import { limits } from "./limits.mjs"
import { Unreadable } from "./unreadable.mjs"

/** The text layer of a PDF by page. @type {import("./worker.mjs").Reader} */
export async function readPdf(bytes, output) {
  const document = await open(bytes, () => {
    output.isCut = true
  })
  output.pages = document.numPages
  for (let number = 1; number <= Math.min(document.numPages, limits.pages); number++) {
    output.mark(`Page ${number}`)
    try {
      const page = await document.getPage(number)
      const { items } = await page.getTextContent()
      for (const item of items) {
        if ("str" in item) output.add(item.hasEOL ? `${item.str}\n` : item.str)
      }
      page.cleanup()
    } catch (error) {
      if (error === output.full) throw error
      output.isCut = true // an unreadable page does not affect the others
    }
  }
  if (document.numPages > limits.pages) output.isCut = true
}

/** @param {Buffer} bytes @param {() => void} onMissing called when characters cannot be decoded */
async function open(bytes, onMissing) {
  try {
    // The library takes ownership of the bytes, which a Buffer may share.
    const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length).slice()
    return await getDocument({
      data,
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      isEvalSupported: false,
      cMapUrl: "none/",
      BinaryDataFactory: class {
        // Old CJK fonts refer to external character maps, which would be as large as the rest of the library.
        async fetch(/** @type {{ kind: string }} */ { kind }) {
          if (kind === "cMapUrl") onMissing()
          throw new Error("not here")
        }
      },
    }).promise
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException"
    throw new Unreadable(isLocked ? "encrypted" : "damaged")
  }
}
