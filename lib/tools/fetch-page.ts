import "server-only"
import { AppError } from "../base/errors"
import { download } from "../files/download"
import { extractPage } from "../files/extract/extract"
import { untrustedText } from "./untrusted-text"

export type Page = { title: string; text: string }

type Options = {
  signal: AbortSignal
  /** An origin that may be fetched even if it is not public. */
  allowedOrigin?: string
}

const maxBytes = 3_000_000
const timeLimitMs = 15_000
const isHtml = /^(?:text\/html|application\/xhtml\+xml)$/
const isPlain = /^(?:text\/|application\/(?:json|[a-z.-]+\+json|xml|[a-z.-]+\+xml|yaml)$)/

/** Fetches a page from the public web and extracts its text. Throws AppError with a message for people. */
export async function fetchPage(url: string, options: Options): Promise<Page> {
  try {
    const { bytes, mediaType } = await download(url, { ...options, maxBytes, timeLimitMs })
    const page = await pageOf(await readAll(bytes), mediaType?.toLowerCase() ?? null, options)
    if (page.text === "") throw new AppError("file_unreadable", { cause: "empty" })
    return { title: untrustedText(page.title), text: untrustedText(page.text) }
  } catch (error) {
    throw inWords(error)
  }
}

async function pageOf(
  bytes: Uint8Array,
  mediaType: string | null,
  { signal }: Options,
): Promise<Page> {
  const start = decoded(bytes.subarray(0, 1_024))
  if (mediaType === "application/pdf" || start.startsWith("%PDF-")) {
    throw unreadable("This address leads to a PDF document, which cannot be read from the web yet.")
  }
  const isPage =
    isHtml.test(mediaType ?? "") || (!mediaType && /^\s*<(?:!doctype|html)/i.test(start))
  if (isPage) return await extractPage(bytes, { signal })
  if (mediaType && !isPlain.test(mediaType)) {
    throw unreadable(`This address leads to no text but to ${mediaType}.`)
  }
  return { title: "", text: decoded(bytes).trim() }
}

/** UTF-8, or the legacy default windows-1252. */
function decoded(bytes: Uint8Array): string {
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

/** Rewords errors: the download's messages are about a model's results, the extractor's about files. */
function inWords(error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const { code, cause } = error
  if (code === "file_unreadable") return unreadable(cause === "empty" ? holdsNoText : isOdd)
  const words: Partial<Record<typeof code, string>> = {
    file_refused: "This address does not lie on the public web and is not read.",
    file_lost: "This page could not be reached, or it did not answer with a page.",
    too_large: `This page is larger than ${maxBytes / 1_000_000} MB and is not read.`,
  }
  const message = words[code]
  return message ? new AppError(code, { message, cause }) : error
}

const holdsNoText = "This page holds no text without a browser that runs it."
const isOdd = "This page is built so that its text cannot be read."
