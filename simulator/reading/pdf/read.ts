import {
  contentOf,
  dictOf,
  listOf,
  nameOf,
  numberOf,
  type PdfFile,
  readFile,
  resolve,
} from "./file"
import { type Dict, Reference, type Value } from "./lexer"
import { textOfContent } from "./text"

/** One page: what is written on it and how large it is, in points. */
export interface PdfPage {
  text: string
  widthPoints: number
  heightPoints: number
}

const mostPages = 2_000

/** The pages in their order, with what they inherit from above. */
function* pagesBelow(
  file: PdfFile,
  node: Value | undefined,
  above: Dict,
  seen: Set<Dict>,
): Generator<Dict> {
  const dict = dictOf(file, node)
  if (!dict || seen.has(dict) || seen.size > mostPages * 2) return
  seen.add(dict)
  const inherited: Dict = new Map(above)
  for (const name of ["MediaBox", "CropBox", "Resources", "Rotate"]) {
    const own = dict.get(name)
    if (own !== undefined) inherited.set(name, own)
  }
  const kids = dict.get("Kids")
  if (kids === undefined) yield new Map([...inherited, ...dict])
  for (const kid of listOf(file, kids)) yield* pagesBelow(file, kid, inherited, seen)
}

function rootsOf(file: PdfFile): Value[] {
  const ofType = (type: string) =>
    [...file.values()].filter(
      ({ value }) => value instanceof Map && nameOf(file, value.get("Type")) === type,
    )
  const trees = ofType("Catalog").flatMap(({ value }) =>
    value instanceof Map ? (value.get("Pages") ?? []) : [],
  )
  // The last catalogue is the current one. A file without any still has pages lying about.
  const last = trees.findLast((tree) => dictOf(file, tree))
  return last === undefined ? ofType("Page").map(({ value }) => value) : [last]
}

function contentOfPage(file: PdfFile, page: Dict): Buffer {
  const contents = page.get("Contents")
  const parts = Array.isArray(resolve(file, contents)) ? listOf(file, contents) : [contents]
  return Buffer.concat(
    parts.flatMap((part) => {
      const object = part instanceof Reference ? file.get(part.id) : undefined
      const content = object && contentOf(file, object)
      return content ? [content, Buffer.from("\n")] : []
    }),
  )
}

function readPage(file: PdfFile, page: Dict): PdfPage {
  const box = listOf(file, page.get("CropBox") ?? page.get("MediaBox")).map((edge) =>
    numberOf(file, edge),
  )
  const [left = 0, bottom = 0, right = 612, top = 792] = box
  const [across, up] = [Math.abs(right - left), Math.abs(top - bottom)]
  const isTurned = ((numberOf(file, page.get("Rotate")) ?? 0) / 90) % 2 !== 0
  return {
    text: textOfContent(file, contentOfPage(file, page), dictOf(file, page.get("Resources"))),
    widthPoints: isTurned ? up : across,
    heightPoints: isTurned ? across : up,
  }
}

/** Reads the text layer of a PDF, page by page; nothing if it is locked. */
export function readPdf(bytes: Buffer): PdfPage[] | undefined {
  // Only the end tells whether the strings are readable at all.
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(bytes.toString("latin1"))) return undefined
  const file = readFile(bytes)
  const seen = new Set<Dict>()
  const pages = rootsOf(file).flatMap((root) => [...pagesBelow(file, root, new Map(), seen)])
  return pages.slice(0, mostPages).map((page) => readPage(file, page))
}
