/** A value as PDF files write it. Names and operators are told apart from strings by their class. */
export type Value = number | boolean | null | Name | Operator | Reference | Buffer | Value[] | Dict
export type Dict = Map<string, Value>

export class Name {
  constructor(readonly name: string) {}
}
/** A bare word: an operator of a page's content, or the "obj" and "stream" of the file. */
export class Operator {
  constructor(readonly word: string) {}
}
export class Reference {
  constructor(readonly id: number) {}
}

const isSpace = (code: number) =>
  code === 32 || code === 10 || code === 13 || code === 9 || code === 12 || code === 0
const isDelimiter = (code: number) => "()<>[]{}/%".includes(String.fromCharCode(code))
const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }
const closings = ["]", ">>", "}"]
const deepestNesting = 60

/** Reads values one after another, as forgiving as a reader of other people's files must be. */
export class Lexer {
  constructor(
    private readonly bytes: Buffer,
    public at = 0,
  ) {}

  private skipSpace(): void {
    while (this.at < this.bytes.length) {
      const code = this.bytes[this.at] ?? 0
      if (code === 37) {
        while (
          this.at < this.bytes.length &&
          this.bytes[this.at] !== 10 &&
          this.bytes[this.at] !== 13
        )
          this.at++
      } else if (isSpace(code)) this.at++
      else return
    }
  }

  private readLiteral(): Buffer {
    const out: number[] = []
    let depth = 1
    for (this.at++; this.at < this.bytes.length; this.at++) {
      const code = this.bytes[this.at] ?? 0
      if (code === 92) {
        this.readEscape(out)
        continue
      }
      if (code === 40) depth++
      if (code === 41 && --depth === 0) break
      out.push(code)
    }
    this.at++
    return Buffer.from(out)
  }

  private readEscape(out: number[]): void {
    const next = String.fromCharCode(this.bytes[++this.at] ?? 0)
    const octal = /^[0-7]{1,3}/.exec(this.bytes.toString("latin1", this.at, this.at + 3))?.[0]
    if (octal) {
      out.push(Number.parseInt(octal, 8) & 255)
      this.at += octal.length - 1
    } else if (next === "\r") {
      if (this.bytes[this.at + 1] === 10) this.at++
    } else if (next !== "\n") out.push((escapes[next] ?? next).charCodeAt(0))
  }

  private readHex(): Buffer {
    const end = this.bytes.indexOf(62, this.at)
    const stop = end < 0 ? this.bytes.length : end
    const digits = this.bytes.toString("latin1", this.at + 1, stop).replace(/[^0-9a-f]/gi, "")
    this.at = stop + 1
    return Buffer.from(digits.length % 2 ? `${digits}0` : digits, "hex")
  }

  private readWord(): string {
    const start = this.at
    while (this.at < this.bytes.length) {
      const code = this.bytes[this.at] ?? 0
      if (isSpace(code) || isDelimiter(code)) break
      this.at++
    }
    // A stray delimiter must not hold up the reading.
    if (this.at === start) this.at++
    return this.bytes.toString("latin1", start, this.at)
  }

  private readName(): Name {
    this.at++
    const code = this.bytes[this.at] ?? 32
    const word = isSpace(code) || isDelimiter(code) ? "" : this.readWord()
    return new Name(
      word.replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
  }

  private readList(closing: string, depth: number): Value[] {
    const list: Value[] = []
    while (this.at < this.bytes.length) {
      const value = this.next(depth + 1)
      if (value === undefined) break
      if (value instanceof Operator && closings.includes(value.word)) {
        if (value.word === closing) break
      } else list.push(value)
    }
    return list
  }

  private readDict(depth: number): Dict {
    const list = this.readList(">>", depth)
    const dict: Dict = new Map()
    for (let index = 0; index + 1 < list.length; index += 2) {
      const [key, value] = [list[index], list[index + 1]]
      if (key instanceof Name && value !== undefined) dict.set(key.name, value)
    }
    return dict
  }

  private readNumberOrWord(): Value {
    const word = this.readWord()
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) {
      const reference = /^\s+\d+\s+R(?![A-Za-z])/.exec(
        this.bytes.toString("latin1", this.at, this.at + 20),
      )
      if (!reference || !/^\d+$/.test(word)) return Number(word)
      this.at += reference[0].length
      return new Reference(Number(word))
    }
    if (word === "true" || word === "false") return word === "true"
    return word === "null" ? null : new Operator(word)
  }

  /** The next value; undefined at the end. */
  next(depth = 0): Value | undefined {
    this.skipSpace()
    if (this.at >= this.bytes.length || depth > deepestNesting) return undefined
    const two = this.bytes.toString("latin1", this.at, this.at + 2)
    if (two === "<<" || two === ">>") {
      this.at += 2
      return two === "<<" ? this.readDict(depth) : new Operator(two)
    }
    switch (two.charAt(0)) {
      case "(":
        return this.readLiteral()
      case "<":
        return this.readHex()
      case "/":
        return this.readName()
      case "[":
        this.at++
        return this.readList("]", depth)
      default:
        return this.readNumberOrWord()
    }
  }
}
