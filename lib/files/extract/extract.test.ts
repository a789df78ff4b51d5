import { expect, test } from "@playwright/test"
import { extractText, isExtractable } from "./extract"
import { docx, mediaTypes, paragraph, pdf, relations, zip } from "./samples"

const read = (mediaType: string, bytes: Uint8Array | string) =>
  extractText({ mediaType, open: async () => Buffer.from(bytes) })
const textOf = async (kind: keyof typeof mediaTypes, bytes: Uint8Array | string) =>
  (await read(mediaTypes[kind], bytes)).text

test("a PDF: pages, lines, scripts other than Latin", async () => {
  const bytes = pdf([
    ["First line", "second — “quoted”"],
    ["Привет, мир", "日本語のページ"],
  ])
  expect(await read(mediaTypes.pdf, bytes)).toEqual({
    text: "[Page 1]\nFirst line\nsecond — “quoted”\n\n[Page 2]\nПривет, мир\n日本語のページ",
    isCut: false,
    pages: 2,
  })
})

test("a PDF with letters that cannot be told says that something is missing", async () => {
  const legacy = "/ToUnicode 9 0 R/Encoding/90ms-RKSJ-H"
  const font = `<</Type/Font/Subtype/Type0/BaseFont/Old${legacy}/DescendantFonts[7 0 R]>>`
  const base =
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/Old/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 0>>>>"
  const bytes = pdf([["known"]], { more: [font, base] }).toString("latin1")
  const mixed = bytes
    .replace("/F 3 0 R", "/F 3 0 R/G 6 0 R")
    .replace(" ET", " /G 9 Tf <93fa967b> Tj ET ")
  const { text, isCut } = await read(mediaTypes.pdf, Buffer.from(mixed, "latin1"))
  expect([text, isCut]).toEqual(["[Page 1]\nknown", true])
})

test("a word processor's file: paragraphs, tables, notes; not what was deleted", async () => {
  const table = `<w:tbl><w:tr>${["A", "B"].map((text) => `<w:tc>${paragraph(text)}</w:tc>`).join("")}</w:tr></w:tbl>`
  const changed = `<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>kept</w:t><w:br/><w:t>next</w:t></w:r></w:p>`
  const bytes = docx(paragraph("Grüße &amp; 你好 &#x1F642;") + table + changed, {
    "word/_rels/document.xml.rels": relations({
      a: ["footnotes", "footnotes.xml"],
      b: ["image", "media/image1.png"],
    }),
    "word/footnotes.xml": `<w:footnotes xmlns:w="urn:w">${paragraph("A note")}</w:footnotes>`,
    "word/media/image1.png": "not read",
  })
  expect(await textOf("docx", bytes)).toBe(
    "Grüße & 你好 🙂\nA \tB\nkept\nnext\n\n[Footnotes]\nA note",
  )
})

test("a workbook: sheets in order, strings, gaps, dates, formulas' results", async () => {
  const bytes = zip({
    "xl/workbook.xml": `<workbook xmlns:r="urn:r"><sheets><sheet name="Two" sheetId="9" r:id="r2"/><sheet name="One" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations({
      r1: ["worksheet", "worksheets/sheet1.xml"],
      r2: ["worksheet", "/xl/worksheets/sheet2.xml"],
      r3: ["sharedStrings", "sharedStrings.xml"],
      r4: ["styles", "styles.xml"],
    }),
    "xl/sharedStrings.xml": `<sst><si><t>Name</t></si><si><r><t>Rich </t></r><r><t>text</t></r><rPh><t>ふり</t></rPh></si></sst>`,
    "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy hh:mm"/><numFmt numFmtId="165" formatCode="0.00 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row><c r="A2" s="1"><v>45292</v></c><c s="2"><v>45292.75</v></c><c s="3"><v>1.5</v></c><c t="b"><v>1</v></c><c><f>SUM(A1:A9)</f><v>42</v></c><c t="inlineStr"><is><t>in
line</t></is></c></row></sheetData></worksheet>`,
    "xl/worksheets/sheet2.xml": `<worksheet><sheetData><row><c t="str"><v>only</v></c></row></sheetData></worksheet>`,
  })
  expect(await textOf("xlsx", bytes)).toBe(
    "[Sheet Two]\nonly\n\n[Sheet One]\nName\t\tRich text\n2024-01-01\t2024-01-01 18:00:00\t1.5\tTRUE\t42\tin line",
  )
})

test("slides: in the order of the show, with notes", async () => {
  const slide = (text: string) =>
    `<p:sld xmlns:a="urn:a"><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`
  const bytes = zip({
    "ppt/presentation.xml": `<p:presentation xmlns:r="urn:r"><p:sldIdLst><p:sldId id="256" r:id="b"/><p:sldId id="257" r:id="a"/></p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": relations({
      a: ["slide", "slides/slide1.xml"],
      b: ["slide", "slides/slide2.xml"],
    }),
    "ppt/slides/slide1.xml": slide("Made first"),
    "ppt/slides/slide2.xml": slide("Shown first"),
    "ppt/slides/_rels/slide2.xml.rels": relations({ n: ["notesSlide", "../notesSlides/n1.xml"] }),
    "ppt/notesSlides/n1.xml": slide("Say hello"),
  })
  expect(await read(mediaTypes.pptx, bytes)).toEqual({
    text: "[Slide 1]\nShown first\nSay hello\n\n[Slide 2]\nMade first",
    isCut: false,
    pages: 2,
  })
})

test("OpenDocument text, spreadsheet and slides", async () => {
  const content = (body: string) =>
    `<office:document-content><office:automatic-styles/><office:body>${body}</office:body></office:document-content>`
  const odt = content(
    `<text:h>Title</text:h>\n<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>one<text:s text:c="2"/>two<text:tab/>three<text:line-break/>four
 five</text:p>`,
  )
  expect(await textOf("odt", zip({ "content.xml": odt }))).toBe("Title\none  two\tthree\nfour five")
  const row = `<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>b</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>`
  const ods = zip({
    mimetype: mediaTypes.ods,
    "content.xml": content(`<table:table table:name="Blatt 1">${row}</table:table>`),
  })
  expect(await textOf("ods", ods)).toBe("[Sheet Blatt 1]\na \t\t\tb")
  const odp = zip({
    "content.xml": content(
      "<draw:page><draw:text-box><text:p>Hello</text:p></draw:text-box></draw:page>",
    ),
  })
  expect(await read(mediaTypes.odp, odp)).toMatchObject({ text: "[Slide 1]\nHello", pages: 1 })
})

test("a book, in reading order: blocks are lines, pictures are what is said for them", async () => {
  const chapter = `<html><head><title>x</title></head><body><nav>1</nav><h1>First &eacute;</h1><p>a
    <b>b</b> c<br/>d <img alt="a sea"/></p><script>alert("<p>x")</script><ul><li>one<li>two</ul><table><tr>
    <td>1<td>2</table><pre>x\n  y</pre><aside>A note</aside></body></html>`
  const bytes = zip({
    mimetype: mediaTypes.epub,
    "META-INF/container.xml": `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    "OEBPS/book.opf": `<package><manifest><item id="one" href="text/one%20a.xhtml"/><item id="two" href="text/two.xhtml"/></manifest><spine><itemref idref="two"/><itemref idref="one"/></spine></package>`,
    "OEBPS/text/one a.xhtml": "<html><body><p>Last</p></body></html>",
    "OEBPS/text/two.xhtml": chapter,
  })
  expect(await textOf("epub", bytes)).toBe(
    "1\n\n# First é\n\na b c\nd [a sea]\n\n- one\n- two\n\n1 | 2\n\nx\n  y\n\nA note\n\nLast",
  )
})

test("rich text: code pages, Unicode with its stand-ins, no tables of fonts", async () => {
  const source = String.raw`{\rtf1\ansi\ansicpg1251\uc1{\fonttbl{\f0 Arial;}}{\*\generator X;}\pard \'cf\'f0\'e8 {\b bold}\par \u8364?5 \u26085?\u26412? a\{b\}\tab c}`
  expect(await textOf("rtf", source)).toBe("При bold\n€5 日本 a{b}\tc")
})

test("plain text in UTF-8 and UTF-16", async () => {
  const text = "name,wert\r\nÄ,日本"
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\uFEFF${text}`),
    Buffer.from(`\uFEFF${text}`, "utf16le"),
    Buffer.from(`\uFEFF${text}`, "utf16le").swap16(),
  ]) {
    expect((await read("text/csv", bytes)).text).toBe("name,wert\nÄ,日本")
  }
})

test("other types are refused before anything is opened", async () => {
  const open = () => Promise.reject(new Error("opened"))
  for (const mediaType of ["image/png", "application/zip", "video/mp4", "model/obj", ""]) {
    expect(isExtractable(mediaType)).toBe(false)
    await expect(extractText({ mediaType, open })).rejects.toMatchObject({
      code: "file_unreadable",
      cause: "unsupported",
    })
  }
})
