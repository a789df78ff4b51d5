import { colorName, hexOf, meanColor } from "./colors"
import { readPdf } from "./pdf"
import { type Picture, readPicture } from "./picture"
import type { Source } from "./source"

/** A page as it would lie on a scanner's glass. */
export interface Page {
  markdown: string
  width: number
  height: number
  /** The picture on it, where the page is one. */
  picture?: { name: string; dataAddress: string }
}

export const dotsPerInch = 200
const letterPage = { width: 8.5 * dotsPerInch, height: 11 * dotsPerInch }

const kilobytes = (bytes: Buffer) => `${Math.max(1, Math.round(bytes.length / 1000))} kB`

/** The words for a picture that has no words of its own. */
function described({ format, width, height, pixels }: Picture, bytes: Buffer): string {
  const mean = pixels && meanColor(pixels)
  const color = mean && `mean colour ${hexOf(mean)}, which is a ${colorName(mean)}`
  const facts = [`${width} × ${height} pixels`, kilobytes(bytes), color].filter(Boolean).join(", ")
  return `*The simulator has no eyes to read with. This is a ${format} picture: ${facts}.*`
}

function picturePage(picture: Picture, bytes: Buffer): Page {
  const extension = picture.format.toLowerCase()
  const name = `img-0.${extension === "jpeg" ? "jpeg" : extension}`
  const dataAddress = `data:image/${extension};base64,${bytes.toString("base64")}`
  const { width, height, notes } = picture
  const text = notes.length > 0 ? notes.join("\n\n") : described(picture, bytes)
  return {
    markdown: `![${name}](${name})\n\n${text}`,
    width,
    height,
    picture: { name, dataAddress },
  }
}

const entities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
}

/** The text of a web page, with its headings and lists as Markdown. */
function textOfHtml(html: string): string {
  return html
    .replace(/<(script|style|head|template)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\s+/g, " ")
    .replace(/<h([1-6])\b[^>]*>/gi, (_, level) => `\n\n${"#".repeat(Number(level))} `)
    .replace(/<li\b[^>]*>/gi, "\n- ")
    .replace(/<br\b[^>]*>|<\/tr>/gi, "\n")
    .replace(
      /<\/?(?:p|div|section|article|ul|ol|table|h[1-6]|header|footer|main)\b[^>]*>/gi,
      "\n\n",
    )
    .replace(/<[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Math.min(Number(code), 0x10_ffff)))
    .replace(/&(\w+);/g, (whole, name) => entities[name] ?? whole)
    .replace(/ *\n */g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim()
}

function isReadable(text: string): boolean {
  return !/[\0\ufffd]/.test(text.slice(0, 4_000))
}

function textPage(bytes: Buffer, mediaType: string): Page | undefined {
  const text = bytes.toString("utf8")
  if (!isReadable(text)) return undefined
  const isHtml = mediaType.includes("html") || /^\s*(?:<!doctype html|<html)/i.test(text)
  return { markdown: isHtml ? textOfHtml(text) : text.trim(), ...letterPage }
}

async function pdfPages(bytes: Buffer): Promise<Page[]> {
  const locked = "*This PDF is encrypted or damaged, so the simulator cannot read it.*"
  const pages = await readPdf(bytes)
  if (!pages) return [{ markdown: locked, ...letterPage }]
  const empty =
    "*This page has no text of its own, and the simulator cannot read pictures of text.*"
  const pixels = (points: number) => Math.round((points / 72) * dotsPerInch)
  return pages.map(({ text, widthPoints, heightPoints }) => ({
    markdown: text || empty,
    width: pixels(widthPoints),
    height: pixels(heightPoints),
  }))
}

/** The pages of a document with what can honestly be read of them. */
export async function readPages({ name, bytes, mediaType = "" }: Source): Promise<Page[]> {
  if (!bytes) {
    const note = `*The simulator has no network, so ${name} was not opened.*`
    return [{ markdown: note, ...letterPage }]
  }
  if (bytes.subarray(0, 1024).includes("%PDF-")) return await pdfPages(bytes)
  const picture = readPicture(bytes)
  if (picture) return [picturePage(picture, bytes)]
  const unknown = `*The simulator does not know what this file of ${kilobytes(bytes)} is.*`
  return [textPage(bytes, mediaType) ?? { markdown: unknown, ...letterPage }]
}
