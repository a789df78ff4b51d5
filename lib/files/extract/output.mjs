import { limits } from "./limits.mjs"

/** Collects the text of a file up to the limit. */
export class Output {
  /** @type {string[]} */
  #pieces = []
  #length = 0
  /** Whether there was any text other than marks and whitespace. */
  hasText = false
  isCut = false
  /** The document's title, if it is not part of the text. */
  title = ""
  /** @type {number | null} */
  pages = null
  /** Thrown at the limit to stop the reader. */
  full = new Error("full")

  /** @param {string} text */
  add(text) {
    if (!this.hasText) this.hasText = /\S/.test(text)
    this.#push(text)
  }

  /** Adds a mark such as a page number. @param {string} words */
  mark(words) {
    this.#push(`\n\n[${words}]\n`)
  }

  finish() {
    const text = tidy(this.#pieces.join(""))
    return { text, isCut: this.isCut, pages: this.pages, title: this.title }
  }

  #push(/** @type {string} */ text) {
    const room = limits.chars - this.#length
    this.#pieces.push(text.length > room ? text.slice(0, room) : text)
    this.#length += text.length
    if (text.length > room) throw this.full
  }
}

/** Removes trailing spaces, runs of empty lines and control characters. @param {string} text */
function tidy(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n")
  const tidied = lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(control, "")
    .replace(/\n{3,}/g, "\n\n")
    .toWellFormed()
  // By now there are at most two line breaks in a row.
  return tidied.replace(/^\n{1,2}/, "").replace(/\n{1,2}$/, "")
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0e-\x1f\x7f]/g
