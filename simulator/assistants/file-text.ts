import { inflateSync } from "node:zlib"
import type { StoredFile } from "./store"

const largestPageBytes = 8 * 1024 * 1024
const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }

function unescaped(literal: string): string {
  return literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  )
}

function inflated(bytes: Buffer): string {
  try {
    return inflateSync(bytes, { maxOutputLength: largestPageBytes }).toString("latin1")
  } catch {
    return bytes.toString("latin1")
  }
}

/** The texts a page shows, in lines. Strings in the codes of an embedded font stay unread. */
function shownIn(content: string): string {
  const marks = content.matchAll(/\(((?:\\[\s\S]|[^\\()])*)\)|T\*|\b(?:Td|TD|Tm|ET)\b/g)
  return [...marks]
    .map(([, literal]) => (literal === undefined ? "\n" : unescaped(literal)))
    .join("")
    .replace(/\n+/g, "\n")
    .trim()
}

function textOfPdf(bytes: Buffer): string {
  const source = bytes.toString("latin1")
  return [...source.matchAll(/stream\r?\n([\s\S]*?)\r?\n?endstream/g)]
    .map(([, body = ""]) => inflated(Buffer.from(body, "latin1")))
    .filter((content) => /\bT[jJ]\b/.test(content))
    .map(shownIn)
    .join("\n\n")
}

/** What can be read in a file: plain texts as they are, simple PDFs by what their pages show. */
export function textOfFile({ bytes, contentType, name }: StoredFile): string {
  if (bytes.subarray(0, 5).toString("latin1") === "%PDF-") return textOfPdf(bytes)
  const isText = /^text\/|json|xml|yaml|javascript/.test(contentType) || !bytes.includes(0)
  return isText && !/\.(?:png|jpe?g|gif|webp|zip|docx|pptx|xlsx)$/i.test(name)
    ? bytes.toString("utf8")
    : ""
}
