import { dictOf, type PdfFile } from "./file"
import { decode, type Font, fontOf } from "./font"
import { type Dict, Lexer, Name, Operator, type Value } from "./lexer"

interface Pen {
  font?: Font
  sizePoints: number
  leading: number
  /** Where the current line of text stands, in the text's own coordinates. */
  x: number
  y: number
  scale: number
}

interface Line {
  text: string
  y: number
  sizePoints: number
}

const numbers = (values: Value[]) => values.filter((value) => typeof value === "number")

/** What the operators of a page write, line by line. */
class Writer {
  readonly lines: Line[] = []
  private pen: Pen = { sizePoints: 12, leading: 0, x: 0, y: 0, scale: 1 }
  private readonly fonts = new Map<string, Font>()

  constructor(
    private readonly file: PdfFile,
    private readonly fontDict: Dict | undefined,
  ) {}

  private moveTo(x: number, y: number): void {
    const height = this.pen.sizePoints * this.pen.scale
    const last = this.lines.at(-1)
    const isSameLine = last && Math.abs(last.y - y) < height * 0.4
    if (isSameLine && last.text && x > this.pen.x && !/\s$/.test(last.text)) last.text += " "
    this.pen.x = x
    this.pen.y = y
  }

  private show(bytes: Value | undefined): void {
    if (!Buffer.isBuffer(bytes)) return
    const { font, y, sizePoints, scale } = this.pen
    const text = decode(font, bytes)
    const height = sizePoints * scale
    const last = this.lines.at(-1)
    if (last && Math.abs(last.y - y) < height * 0.4) last.text += text
    else this.lines.push({ text, y, sizePoints: height })
  }

  private showParts(parts: Value | undefined): void {
    if (!Array.isArray(parts)) return
    for (const part of parts) {
      const last = this.lines.at(-1)
      // A step back by a fifth of the size or more is how many files write a space.
      if (typeof part === "number" && part < -200 && last && !/\s$/.test(last.text))
        last.text += " "
      else this.show(part)
    }
  }

  private setFont(name: Value | undefined, size: number): void {
    this.pen.sizePoints = Math.abs(size) || this.pen.sizePoints
    if (!(name instanceof Name)) return
    const font = this.fonts.get(name.name) ?? fontOf(this.file, this.fontDict?.get(name.name))
    this.fonts.set(name.name, font)
    this.pen.font = font
  }

  private nextLine(): void {
    this.moveTo(this.pen.x, this.pen.y - (this.pen.leading || this.pen.sizePoints) * this.pen.scale)
  }

  run(word: string, held: Value[]): void {
    const [a = 0, b = 0] = numbers(held)
    const { pen } = this
    switch (word) {
      case "BT":
        Object.assign(pen, { scale: 1, x: 0, y: 0 })
        break
      case "Tf":
        this.setFont(held[0], a)
        break
      case "TL":
        pen.leading = a
        break
      case "Tm": {
        const [, , , vertical = 1, x = 0, y = 0] = numbers(held)
        pen.scale = Math.abs(vertical) || 1
        this.moveTo(x, y)
        break
      }
      case "TD":
        pen.leading = -b
        this.moveTo(pen.x + a * pen.scale, pen.y + b * pen.scale)
        break
      case "Td":
        this.moveTo(pen.x + a * pen.scale, pen.y + b * pen.scale)
        break
      case "T*":
        this.nextLine()
        break
      case "Tj":
        this.show(held[0])
        break
      case "TJ":
        this.showParts(held[0])
        break
      case "'":
      case '"':
        this.nextLine()
        this.show(held.at(-1))
        break
    }
  }
}

/** Lines as paragraphs: a gap wider than a line and a half begins a new one. */
function paragraphs(lines: Line[]): string {
  let text = ""
  let previous: Line | undefined
  for (const line of lines) {
    const words = line.text.replace(/[\s\p{Cc}]+/gu, " ").trim()
    if (words === "") continue
    const isFar = previous && Math.abs(previous.y - line.y) > line.sizePoints * 1.7
    text += previous ? `${isFar ? "\n\n" : "\n"}${words}` : words
    previous = line
  }
  return text
}

/** The text that a page's content writes, in the order in which it is written. */
export function textOfContent(file: PdfFile, content: Buffer, resources: Dict | undefined): string {
  const writer = new Writer(file, dictOf(file, resources?.get("Font")))
  const lexer = new Lexer(content)
  let held: Value[] = []
  for (let value = lexer.next(); value !== undefined; value = lexer.next()) {
    if (!(value instanceof Operator)) {
      held.push(value)
      continue
    }
    if (value.word === "ID") {
      // A picture between the words; its bytes mean nothing as operators.
      const end = content.indexOf("EI", lexer.at, "latin1")
      if (end >= 0) lexer.at = end + 2
    } else writer.run(value.word, held)
    held = []
  }
  return paragraphs(writer.lines)
}
