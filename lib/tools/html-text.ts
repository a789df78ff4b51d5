import "server-only"
import { Parser } from "htmlparser2"

// What is no text for a reader, or not what the page is about.
const skipped = new Set(
  `script style noscript template svg math canvas iframe object embed audio video select button
   dialog nav footer aside menu`.split(/\s+/),
)
const blocks = new Set(
  `address article blockquote body dd div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header hr li
   main ol p pre section table tbody td tfoot th thead tr ul br caption details summary`.split(
    /\s+/,
  ),
)
const roomy = new Set("article blockquote h1 h2 h3 h4 h5 h6 ol p pre section table ul".split(" "))
/** Deeper than any honest page: closing tags are looked up in the whole stack, which costs time. */
const mostDepth = 256
/** Characters; a longer one is broken, since every piece that is added looks at the whole of it. */
const longestLine = 5_000
/** Below this a main part is an empty frame, and the whole page is taken. */
const fewChars = 200

type Frame = { name: string; isSkipped: boolean; isMain: boolean; isHead: boolean; isPre: boolean }

/** The title and the readable text of a page: its main part where it has one, without hidden text. */
export function htmlText(html: string): { title: string; text: string } {
  const whole = new Lines()
  const main = new Lines()
  const stack: Frame[] = []
  let title = ""
  const write = (act: (lines: Lines) => void) => {
    act(whole)
    if (stack.at(-1)?.isMain) act(main)
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      if (stack.length >= mostDepth) return parser.reset()
      const outer = stack.at(-1)
      const frame = {
        name,
        isSkipped: Boolean(outer?.isSkipped) || skipped.has(name) || isHidden(attributes),
        isMain: Boolean(outer?.isMain) || name === "main" || name === "article",
        isHead: Boolean(outer?.isHead) || name === "head",
        isPre: Boolean(outer?.isPre) || name === "pre",
      }
      stack.push(frame)
      if (!frame.isSkipped && blocks.has(name)) write((lines) => lines.open(name))
    },
    onclosetag(name) {
      if (!stack.at(-1)?.isSkipped && blocks.has(name)) write((lines) => lines.close(name))
      stack.pop()
    },
    ontext(text) {
      const inner = stack.at(-1)
      if (inner?.name === "title" && !inner.isSkipped) title += text
      else if (!inner?.isSkipped && !inner?.isHead) {
        write((lines) => lines.add(text, Boolean(inner?.isPre)))
      }
    },
  })
  parser.end(html)
  const [all, inMain] = [whole.text(), main.text()]
  return {
    title: title.replace(/\s+/g, " ").trim(),
    text: inMain.length >= fewChars ? inMain : all,
  }
}

// What people cannot see is not told to a model either: that is where injected orders hide.
function isHidden({ hidden, style = "", ...rest }: Record<string, string>): boolean {
  if (hidden !== undefined || rest["aria-hidden"] === "true") return true
  return /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i.test(
    style,
  )
}

/** Text as it is read: one line a block, an empty line around what stands apart. */
class Lines {
  #lines: string[] = []
  #line = ""

  open(name: string): void {
    const isCell = name === "td" || name === "th"
    if (isCell && this.#line.length <= longestLine) {
      if (this.#line.trim() !== "") this.#line = `${this.#line.trimEnd()} | `
      return
    }
    this.#break(roomy.has(name))
    if (name === "li") this.#line = "- "
    if (/^h[1-6]$/.test(name)) this.#line = `${"#".repeat(Number(name[1]))} `
  }

  close(name: string): void {
    if (name === "td" || name === "th") return
    if (/^(?:li|h[1-6])$/.test(name) && isMark(this.#line)) this.#line = ""
    this.#break(roomy.has(name))
  }

  add(text: string, isPre: boolean): void {
    if (isPre) {
      const [first = "", ...rest] = text.split("\n")
      this.#line += first
      for (const line of rest) {
        this.#lines.push(this.#line)
        this.#line = line
      }
      return
    }
    if (this.#line.length > longestLine) this.#break(false)
    const flowing = text.replace(/[\s\u00a0]+/g, " ")
    this.#line += /^\s?$/.test(this.#line.slice(-1)) ? flowing.trimStart() : flowing
  }

  text(): string {
    this.#break(false)
    return this.#lines
      .join("\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()
  }

  #break(isRoomy: boolean): void {
    const line = this.#line.trimEnd()
    // A bullet or a heading's mark with nothing behind it yet waits for its words.
    if (line !== "" && !isMark(line)) {
      this.#lines.push(line)
      this.#line = ""
    }
    if (isRoomy && this.#line === "" && this.#lines.at(-1) !== "") this.#lines.push("")
  }
}

function isMark(line: string): boolean {
  return /^(?:-|#{1,6}) ?$/.test(line)
}
