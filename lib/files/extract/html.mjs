import { Parser } from "htmlparser2"
import { decodePieces } from "./plain.mjs"

/** @param {string} names */
const setOf = (names) => new Set(names.trim().split(/\s+/))

// What is no text for a reader.
const skipped = setOf(
  `script style noscript template svg math canvas iframe object embed audio video select button dialog menu`,
)
/** What of a page on the web is not what the page is about. */
const aroundPages = setOf("nav footer aside")
const blocks = setOf(
  `address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul`,
)
const roomy = setOf("article blockquote h1 h2 h3 h4 h5 h6 ol p pre section table ul")
/** Deeper than any honest page: closing tags are looked up in the whole stack, which costs time. */
const mostDepth = 256
/** Characters; a longer one is broken, since every piece that is added looks at the whole of it. */
const longestLine = 5_000
/** Below this a main part is an empty frame, and the whole page is taken. */
const fewChars = 200

/** A chapter of a book: all of it, pictures by what is said for them. @type {import("./worker.mjs").Reader} */
export function readHtml(bytes, output) {
  const lines = new Lines((line) => output.add(line))
  output.isCut ||= !parse(decodePieces(bytes), skipped, {
    write: (act) => act(lines),
    picture: (alt) => lines.add(`[${alt}]`, false),
  })
  lines.end()
}

/**
 * A page of the web: its title, and its main part where it has one, without what stands around and without
 * hidden text. @type {import("./worker.mjs").Reader}
 */
export function readPage(bytes, output) {
  /** @type {[string[], string[]]} */
  const [all, inMain] = [[], []]
  const whole = new Lines((line) => all.push(line))
  const main = new Lines((line) => inMain.push(line))
  let title = ""
  output.isCut = !parse([decodePage(bytes)], skipped.union(aroundPages), {
    write(act, isMain) {
      act(whole)
      if (isMain) act(main)
    },
    title(text) {
      title += text
    },
  })
  for (const lines of [whole, main]) lines.end()
  output.title = title.replace(/\s+/g, " ").trim()
  const text = inMain.join("").trim()
  output.add(text.length >= fewChars ? text : all.join(""))
}

/** @typedef {{ name: string, isSkipped: boolean, isMain: boolean, isHead: boolean, isPre: boolean }} Frame */

/**
 * Gives whether it came to the end.
 * @param {Iterable<string>} pieces @param {ReadonlySet<string>} without
 * @param {{
 *   write: (act: (lines: Lines) => void, isMain: boolean) => void,
 *   title?: (text: string) => void,
 *   picture?: (alt: string) => void,
 * }} reader
 */
function parse(pieces, without, { write, title, picture }) {
  /** @type {Frame[]} */
  const stack = []
  let isTooDeep = false
  const parser = new Parser({
    onopentag(name, attributes) {
      if (stack.length >= mostDepth) {
        isTooDeep = true
        return parser.reset()
      }
      const outer = stack.at(-1)
      const frame = {
        name,
        isSkipped: Boolean(outer?.isSkipped) || without.has(name) || isHidden(attributes),
        isMain: Boolean(outer?.isMain) || name === "main" || name === "article",
        isHead: Boolean(outer?.isHead) || name === "head",
        isPre: Boolean(outer?.isPre) || name === "pre",
      }
      stack.push(frame)
      if (frame.isSkipped) return
      if (name === "img" && attributes.alt) picture?.(attributes.alt)
      if (blocks.has(name)) write((lines) => lines.open(name), frame.isMain)
    },
    onclosetag(name) {
      const frame = stack.at(-1)
      if (frame && !frame.isSkipped && blocks.has(name)) {
        write((lines) => lines.close(name), frame.isMain)
      }
      stack.pop()
    },
    ontext(text) {
      const inner = stack.at(-1)
      if (inner?.name === "title" && !inner.isSkipped) title?.(text)
      else if (!inner?.isSkipped && !inner?.isHead) {
        write((lines) => lines.add(text, Boolean(inner?.isPre)), Boolean(inner?.isMain))
      }
    },
  })
  for (const piece of pieces) {
    parser.write(piece)
    if (isTooDeep) return false
  }
  parser.end()
  return true
}

// What people cannot see is not told to a model either: that is where injected orders hide.
/** @param {Record<string, string>} attributes */
function isHidden({ hidden, style = "", ...rest }) {
  if (hidden !== undefined || rest["aria-hidden"] === "true") return true
  return /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i.test(
    style,
  )
}

/** Text as it is read: one line a block, an empty line around what stands apart. */
class Lines {
  #line = ""
  #isAfterGap = true
  #write

  /** @param {(line: string) => void} write Told each line with its end. */
  constructor(write) {
    this.#write = write
  }

  /** @param {string} name */
  open(name) {
    const isCell = name === "td" || name === "th"
    if (isCell && this.#line.length <= longestLine) {
      if (this.#line.trim() !== "") this.#line = `${this.#line.trimEnd()} | `
      return
    }
    this.#break(roomy.has(name))
    if (name === "li") this.#line = "- "
    if (/^h[1-6]$/.test(name)) this.#line = `${"#".repeat(Number(name[1]))} `
  }

  /** @param {string} name */
  close(name) {
    if (name === "td" || name === "th") return
    if (/^(?:li|h[1-6])$/.test(name) && isMark(this.#line)) this.#line = ""
    this.#break(roomy.has(name))
  }

  /** @param {string} text @param {boolean} isPre */
  add(text, isPre) {
    if (isPre) {
      const [first = "", ...rest] = text.split("\n")
      this.#line += first
      for (const line of rest) {
        this.#push(this.#line)
        this.#line = line
      }
      return
    }
    if (this.#line.length > longestLine) this.#break(false)
    const flowing = text.replace(/[\s\u00a0]+/g, " ")
    this.#line += /^\s?$/.test(this.#line.slice(-1)) ? flowing.trimStart() : flowing
  }

  end() {
    this.#break(false)
  }

  /** @param {boolean} isRoomy */
  #break(isRoomy) {
    const line = this.#line.trimEnd()
    // A bullet or a heading's mark with nothing behind it yet waits for its words.
    if (line !== "" && !isMark(line)) {
      this.#push(line)
      this.#line = ""
    }
    if (isRoomy && this.#line === "" && !this.#isAfterGap) this.#push("")
  }

  /** @param {string} line */
  #push(line) {
    this.#write(`${line}\n`)
    this.#isAfterGap = line === ""
  }
}

/** @param {string} line */
function isMark(line) {
  return /^(?:-|#{1,6}) ?$/.test(line)
}

// The header with the charset is not handed down; most pages are UTF-8 and the others say so in themselves.
/** @param {Uint8Array} bytes */
function decodePage(bytes) {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048))
  const label = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1]
  try {
    if (label) return new TextDecoder(label).decode(bytes)
  } catch {
    // An unknown charset says nothing.
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}
