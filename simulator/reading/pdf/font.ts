import { contentOf, dictOf, listOf, nameOf, type PdfFile, resolve } from "./file"
import { Lexer, Name, Operator, Reference, type Value } from "./lexer"

/** How the codes of a font become letters. */
export interface Font {
  bytesPerCode: 1 | 2
  letterOf: (code: number) => string
}

const winAnsi = new TextDecoder("windows-1252")
const single = (code: number) => winAnsi.decode(Uint8Array.of(code & 255))

/** The glyphs whose names are words rather than the letter itself. */
const glyphs: Record<string, string> = {
  space: " ",
  nbspace: " ",
  period: ".",
  comma: ",",
  colon: ":",
  semicolon: ";",
  hyphen: "-",
  endash: "–",
  emdash: "—",
  quotesingle: "'",
  quoteright: "’",
  quoteleft: "‘",
  quotedblleft: "“",
  quotedblright: "”",
  quotedbl: '"',
  parenleft: "(",
  parenright: ")",
  slash: "/",
  question: "?",
  exclam: "!",
  percent: "%",
  ampersand: "&",
  bullet: "•",
  ellipsis: "…",
  zero: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  adieresis: "ä",
  odieresis: "ö",
  udieresis: "ü",
  Adieresis: "Ä",
  Odieresis: "Ö",
  Udieresis: "Ü",
  germandbls: "ß",
  eacute: "é",
  egrave: "è",
  agrave: "à",
  ccedilla: "ç",
  ntilde: "ñ",
  fi: "fi",
  fl: "fl",
  ff: "ff",
}

function glyphText(name: string): string {
  const known = glyphs[name]
  if (known !== undefined) return known
  const hex = /^u(?:ni)?([0-9A-F]{4,5})$/.exec(name)?.[1]
  if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
  return name.length === 1 ? name : ""
}

/** The codes for which a font says other glyphs than its encoding. */
function differences(file: PdfFile, encoding: Value | undefined): Map<number, string> {
  const result = new Map<number, string>()
  let code = 0
  for (const entry of listOf(file, dictOf(file, encoding)?.get("Differences"))) {
    if (typeof entry === "number") code = entry
    else if (entry instanceof Name) result.set(code++, glyphText(entry.name))
  }
  return result
}

const codeIn = (bytes: Buffer) => bytes.reduce((code, byte) => code * 256 + byte, 0)

function utf16(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString("utf16le")
}

function addRange(map: Map<number, string>, low: Value, high: Value, to: Value): void {
  if (!Buffer.isBuffer(low) || !Buffer.isBuffer(high)) return
  const [first, last] = [codeIn(low), codeIn(high)]
  for (let code = first; code <= last && code - first < 0x1_0000; code++) {
    if (Array.isArray(to)) {
      const letter = to[code - first]
      if (Buffer.isBuffer(letter)) map.set(code, utf16(letter))
    } else if (Buffer.isBuffer(to)) {
      const text = utf16(to)
      const start = text.codePointAt(0) ?? 0
      const point = Math.min(start + code - first, 0x10_ffff)
      map.set(code, text.length > 2 ? text : String.fromCodePoint(point))
    }
  }
}

/** Reads the table that says which letters the codes of a font stand for. */
function readMap(content: Buffer): Map<number, string> {
  const map = new Map<number, string>()
  const lexer = new Lexer(content)
  let held: Value[] = []
  for (let value = lexer.next(); value !== undefined; value = lexer.next()) {
    if (!(value instanceof Operator)) {
      held.push(value)
      continue
    }
    if (value.word === "endbfchar") {
      for (let index = 0; index + 1 < held.length; index += 2) {
        const [code, to] = [held[index], held[index + 1]]
        if (Buffer.isBuffer(code) && Buffer.isBuffer(to)) map.set(codeIn(code), utf16(to))
      }
    }
    if (value.word === "endbfrange") {
      for (let index = 0; index + 2 < held.length; index += 3) {
        addRange(map, held[index] ?? null, held[index + 1] ?? null, held[index + 2] ?? null)
      }
    }
    held = []
  }
  return map
}

function unicodeMap(file: PdfFile, value: Value | undefined): Map<number, string> | undefined {
  const object = value instanceof Reference ? file.get(value.id) : undefined
  const content = object && contentOf(file, object)
  return content && readMap(content)
}

/** The font behind an entry of a page's resources. */
export function fontOf(file: PdfFile, value: Value | undefined): Font {
  const dict = dictOf(file, value)
  const map = unicodeMap(file, dict?.get("ToUnicode"))
  const isComposite = nameOf(file, dict?.get("Subtype")) === "Type0"
  if (isComposite) {
    // Without a table the codes are numbers of glyphs, which say nothing.
    return { bytesPerCode: 2, letterOf: (code) => map?.get(code) ?? "" }
  }
  const own = differences(file, resolve(file, dict?.get("Encoding")))
  return { bytesPerCode: 1, letterOf: (code) => map?.get(code) ?? own.get(code) ?? single(code) }
}

/** The letters of a string shown in a font. */
export function decode(font: Font | undefined, bytes: Buffer): string {
  if (!font) return winAnsi.decode(bytes)
  let text = ""
  for (let at = 0; at + font.bytesPerCode <= bytes.length; at += font.bytesPerCode) {
    text += font.letterOf(codeIn(bytes.subarray(at, at + font.bytesPerCode)))
  }
  return text
}
