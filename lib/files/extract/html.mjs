import { Parser } from "htmlparser2"
import { decodePieces } from "./plain.mjs"

/** @param {string} names */
const setOf = (names) => new Set(names.trim().split(/\s+/))

// Elements without readable text.
const skipped = setOf(
  `script style noscript template svg math canvas iframe object embed audio video select button dialog menu`,
)
/** Elements of a web page outside of its main content. */
const aroundPages = setOf("nav footer aside")
const blocks = setOf(
  `address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul`,
)
const roomy = setOf("article blockquote h1 h2 h3 h4 h5 h6 ol p pre section table ul")
/** Deeper than any legitimate page. The parser searches the whole stack for each closing tag. */
const maxDepth = 256
/** In characters; longer lines are split, since each added piece copies the line. */
const longestLine = 5_000
/** A main element with less text is an empty frame; use the whole page. */
const fewChars = 200

/** A book chapter: everything, with the alternative text of pictures. @type {import("./worker.mjs").Reader} */
export function readHtml(bytes, output) {
  const lines = new Lines((line) => output.add(line))
  output.isCut ||= !parse(decodePieces(bytes), skipped, {
    write: (act) => act(lines),
    picture: (alt) => lines.add(`[${alt}]`, false),
  })
  lines.end()
}

/**
 * A web page: its title and main content, without navigation and hidden text.
 * @type {import("./worker.mjs").Reader}
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
 * Returns whether the whole input was read.
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
      if (stack.length >= maxDepth) {
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

// Text hidden from people is not shown to a model either: prompt injections hide there.
/** @param {Record<string, string>} attributes */
function isHidden({ hidden, style = "", ...rest }) {
  if (hidden !== undefined || rest["aria-hidden"] === "true") return true
  return /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i.test(
    style,
  )
}

/** Text as lines: one per block, with an empty line around larger blocks. */
class Lines {
  #line = ""
  #isAfterGap = true
  #write

  /** @param {(line: string) => void} write called with each line including its line break */
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
    // A bullet or heading mark without text waits for its text.
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

// The charset of the HTTP header is not available here; pages that are not UTF-8 declare it themselves.
/** @param {Uint8Array} bytes */
function decodePage(bytes) {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048))
  const label = /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1]
  try {
    if (label) return new TextDecoder(label).decode(bytes)
  } catch {
    // Unknown charset: ignore it.
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}
