import { readMarkup } from "./xml.mjs"

const skipped = ["script", "style", "noscript", "template", "svg", "head", "iframe", "object"]
const blocks = new Set(
  `address article aside blockquote body dd details dialog div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table title tr ul`.split(
    /\s+/,
  ),
)

/** What a page says, without how it looks. @type {import("./worker.mjs").Reader} */
export function readHtml(bytes, output) {
  let preDepth = 0
  let isAtStart = true
  const breakLine = () => {
    if (!isAtStart) output.add("\n")
    isAtStart = true
  }
  readMarkup(
    bytes,
    {
      open(name, { alt }) {
        if (name === "pre") preDepth++
        if (name === "br") output.add("\n")
        else if (blocks.has(name)) breakLine()
        if (name === "li") output.add("- ")
        if (name === "img" && alt) output.add(`[${alt}]`)
      },
      close(name) {
        if (name === "pre") preDepth--
        if (name === "td" || name === "th") output.add("\t")
        else if (blocks.has(name)) breakLine()
        if (/^(p|h[1-6]|table|ul|ol|pre|blockquote)$/.test(name)) output.add("\n")
      },
      text(text) {
        if (preDepth > 0) output.add(text)
        else output.add(text.replace(/\s+/g, " ").slice(isAtStart && /^\s/.test(text) ? 1 : 0))
        if (/\S/.test(text)) isAtStart = false
      },
    },
    skipped,
  )
}
