import "server-only"
import { crc32, deflateRawSync } from "node:zlib"

// Small valid files for the tests in this folder, built according to the format specifications.

export const mediaTypes = {
  pdf: "application/pdf",
  rtf: "application/rtf",
  epub: "application/epub+zip",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  odt: "application/vnd.oasis.opendocument.text",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odp: "application/vnd.oasis.opendocument.presentation",
} as const

/** Builds a zip archive; `flags` and sizes can be falsified. */
export function zip(
  entries: Record<string, string | Buffer>,
  lie: { flags?: number; unpackedBytes?: number } = {},
): Buffer {
  const locals: Buffer[] = []
  const heads: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(entries)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const facts = Buffer.alloc(26) // fields shared by both headers
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(lie.flags ?? 0, 2)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(lie.unpackedBytes ?? bytes.length, 18)
    facts.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([mark("PK\x03\x04"), facts, Buffer.from(name), packed])
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    heads.push(Buffer.concat([mark("PK\x01\x02\x14\0"), facts, place, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(heads)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(heads.length, 4)
  end.writeUInt16LE(heads.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, directory, mark("PK\x05\x06"), end])
}

function mark(text: string): Buffer {
  return Buffer.from(text, "latin1")
}

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/** A relationships part: id → type and target. */
export function relations(of: Record<string, [type: string, target: string]>): string {
  const items = Object.entries(of).map(
    ([id, [type, target]]) =>
      `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join("")}</Relationships>`
}

/** A .docx file with this body. */
export function docx(body: string, more: Record<string, string | Buffer> = {}): Buffer {
  return zip({ "word/document.xml": wordXml(body), ...more })
}

export function wordXml(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w"><w:body>${body}</w:body></w:document>`
}

export function paragraph(text: string): string {
  return `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
}

/** A PDF with these lines per page in a Unicode font; `trailer` is appended to its trailer. */
export function pdf(pages: string[][], { trailer = "", more = [] as string[] } = {}): Buffer {
  const first = 6 + more.length
  const kids = pages.map((_, index) => `${first + 2 * index} 0 R`)
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange
endcmap end end`
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Count ${pages.length}/Kids[${kids.join(" ")}]>>`,
    "<</Type/Font/Subtype/Type0/BaseFont/Any/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/Any/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>",
    stream(map),
    ...more,
    ...pages.flatMap((lines, index) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents ${first + 2 * index + 1} 0 R>>`,
      stream(`BT /F 12 Tf 50 700 Td ${lines.map(show).join(" 0 -20 Td ")} ET`),
    ]),
  ]
  let text = "%PDF-1.7\n"
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, "0")} 00000 n \n`
  })
  const start = text.length
  text += `xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.join("")}`
  text += `trailer\n<</Size ${places.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, "latin1")
}

function stream(content: string): string {
  return `<</Length ${content.length}>>\nstream\n${content}\nendstream`
}

function show(line: string): string {
  return `<${Buffer.from(line, "utf16le").swap16().toString("hex")}> Tj`
}
