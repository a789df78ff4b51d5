import { limits } from "./limits.mjs"

/** The text of a file as it is found, up to the most that is taken. */
export class Output {
  /** @type {string[]} */
  #pieces = []
  #length = 0
  /** Whether anything but marks and white space was found. */
  hasText = false
  isCut = false
  /** What it calls itself, where that is not a part of the text. */
  title = ""
  /** @type {number | null} */
  pages = null
  /** Thrown when there is no more room, to leave whatever is being read. */
  full = new Error("full")

  /** @param {string} text */
  add(text) {
    if (!this.hasText) this.hasText = /\S/.test(text)
    this.#push(text)
  }

  /** Says where one is, such as on which page. @param {string} words */
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

/** Without what only takes room: ends of lines, rows of empty lines, characters that control. @param {string} text */
function tidy(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n")
  const tidied = lines
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(control, "")
    .replace(/\n{3,}/g, "\n\n")
    .toWellFormed()
  // Of line ends there are two at most in a row by now.
  return tidied.replace(/^\n{1,2}/, "").replace(/\n{1,2}$/, "")
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0b\x0e-\x1f\x7f]/g
