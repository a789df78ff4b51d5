import "server-only"
import { AppError } from "../errors"
import { download } from "../files/download"
import { htmlText } from "./html-text"
import { strangersText } from "./strangers"

export type Page = { title: string; text: string }

type Options = {
  signal: AbortSignal
  /** An origin that may be asked wherever it lies. */
  allowedOrigin?: string
}

const maxBytes = 3_000_000
const timeLimitMs = 15_000
const isHtml = /^(?:text\/html|application\/xhtml\+xml)$/
const isPlain = /^(?:text\/|application\/(?:json|[a-z.-]+\+json|xml|[a-z.-]+\+xml|yaml)$)/

/** Fetches a page from the public web and gives what there is to read. Throws AppError with words. */
export async function fetchPage(url: string, options: Options): Promise<Page> {
  try {
    const { bytes, mediaType } = await download(url, { ...options, maxBytes, timeLimitMs })
    return pageOf(await readAll(bytes), mediaType?.toLowerCase() ?? null)
  } catch (error) {
    throw inWords(error)
  }
}

function pageOf(bytes: Uint8Array, mediaType: string | null): Page {
  const start = decoded(bytes.subarray(0, 1_024))
  if (mediaType === "application/pdf" || start.startsWith("%PDF-")) {
    throw unreadable("This address leads to a PDF document, which cannot be read from the web yet.")
  }
  const text = decoded(bytes)
  const page = isHtml.test(mediaType ?? "") || (!mediaType && /^\s*<(?:!doctype|html)/i.test(start))
  if (!page && mediaType && !isPlain.test(mediaType)) {
    throw unreadable(`This address leads to no text but to ${mediaType}.`)
  }
  const { title, text: said } = page ? htmlText(text) : { title: "", text: text.trim() }
  if (said === "") throw unreadable("This page holds no text without a browser that runs it.")
  return { title: strangersText(title), text: strangersText(said) }
}

// The header with the charset is not handed down; most pages are UTF-8 and the others say so in themselves.
function decoded(bytes: Uint8Array): string {
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

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces)
}

function unreadable(message: string): AppError {
  return new AppError("invalid", { message })
}

/** The words of the guarded fetch are about a model's results. */
function inWords(error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const { code, cause } = error
  const words: Partial<Record<typeof code, string>> = {
    file_refused: "This address does not lie on the public web and is not read.",
    file_lost: "This page could not be reached, or it did not answer with a page.",
    too_large: `This page is larger than ${maxBytes / 1_000_000} MB and is not read.`,
  }
  const message = words[code]
  return message ? new AppError(code, { message, cause }) : error
}
