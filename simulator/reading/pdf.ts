import { getDocument } from "unpdf/pdfjs"

/** One page: what is written on it and how large it is, in points. */
export interface PdfPage {
  text: string
  widthPoints: number
  heightPoints: number
}

const mostPages = 2_000

/** The text layer of a PDF, page by page; nothing where it is locked or damaged beyond reading. */
export async function readPdf(bytes: Buffer): Promise<PdfPage[] | undefined> {
  try {
    const options = { verbosity: 0, disableFontFace: true, useSystemFonts: false }
    const document = await getDocument({ data: new Uint8Array(bytes), ...options }).promise
    const pages: PdfPage[] = []
    for (let number = 1; number <= Math.min(document.numPages, mostPages); number++) {
      const page = await document.getPage(number)
      const { width, height } = page.getViewport({ scale: 1 })
      const { items } = await page.getTextContent()
      const text = items
        .map((item) => ("str" in item ? `${item.str}${item.hasEOL ? "\n" : ""}` : ""))
        .join("")
      pages.push({ text: text.trim(), widthPoints: width, heightPoints: height })
    }
    return pages
  } catch {
    return undefined
  }
}
