import "server-only"
import { AppError } from "../base/errors"
import { tooLarge } from "./too-large"

export type FilePart = { name: string; bytes: AsyncIterable<Uint8Array> }

type Reader = ReadableStreamDefaultReader<Uint8Array>

const maxHeadBytes = 8 * 1024
/** Bytes around the file: two boundaries and the part's headers. */
const frameBytes = 16 * 1024

/**
 * Reads a form with a single part, `file`, as a stream; nothing is buffered. Throws `unsupported_type`, `invalid`
 * or `too_large`, the last two also while the bytes are read.
 */
export async function readFilePart(request: Request, maxBytes: number): Promise<FilePart> {
  const boundary = boundaryOf(request.headers.get("content-type") ?? "")
  if (!boundary || !request.body) throw new AppError("unsupported_type", { message: wantsForm })
  const reader = request.body.getReader()
  const announced = Number(request.headers.get("content-length") ?? 0)
  if (announced > maxBytes + frameBytes) {
    await drain(reader, maxBytes)
    throw tooLarge(maxBytes)
  }
  try {
    const { head, rest } = await readHead(reader)
    const name = nameIn(head, boundary)
    return { name, bytes: readContent(reader, rest, Buffer.from(`\r\n--${boundary}`), maxBytes) }
  } catch (error) {
    await drain(reader, maxBytes)
    throw error
  }
}

const wantsForm = "This address takes a form (multipart/form-data) with one member, file."

function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined
  const [, quoted, plain] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType) ?? []
  return quoted ?? plain
}

/** Reads up to the empty line between the part's headers and its content. */
async function readHead(reader: Reader): Promise<{ head: string; rest: Buffer }> {
  let seen = Buffer.alloc(0)
  while (seen.length <= maxHeadBytes) {
    const piece = await next(reader)
    if (!piece) break
    seen = Buffer.concat([seen, piece])
    const end = seen.indexOf("\r\n\r\n")
    if (end >= 0) return { head: seen.toString("utf8", 0, end), rest: seen.subarray(end + 4) }
  }
  throw new AppError("invalid", { message: wantsForm })
}

function nameIn(head: string, boundary: string): string {
  const disposition = /^content-disposition:\s*form-data\s*;([^\r\n]*)/im.exec(head)?.[1] ?? ""
  const isFile = /(?:^|;)\s*name="?file"?\s*(?:;|$)/i.test(disposition)
  const name = /(?:^|;)\s*filename="((?:\\"|[^"])*)"/i.exec(disposition)?.[1]
  if (!head.startsWith(`--${boundary}\r\n`) || !isFile || name === undefined) {
    throw new AppError("invalid", { message: wantsForm })
  }
  // Browsers escape only these three characters in a file name.
  return name.replace(/%22|\\"/g, '"').replace(/%0[da]/gi, " ")
}

/** The content up to the closing boundary, which must come last. */
async function* readContent(reader: Reader, rest: Buffer, mark: Buffer, maxBytes: number) {
  let seen = rest
  try {
    while (true) {
      const end = seen.indexOf(mark)
      if (end >= 0) {
        if (end > 0) yield seen.subarray(0, end)
        return await checkEnd(reader, seen.subarray(end + mark.length))
      }
      // A possible start of the boundary is held back until the next chunk.
      const sure = Math.max(0, seen.length - mark.length + 1)
      if (sure > 0) yield seen.subarray(0, sure)
      const piece = await next(reader)
      if (!piece) throw brokenOff()
      seen = Buffer.concat([seen.subarray(sure), piece])
    }
  } finally {
    await drain(reader, maxBytes)
  }
}

async function checkEnd(reader: Reader, after: Buffer): Promise<void> {
  let seen = after
  while (seen.length < 2) {
    const piece = await next(reader)
    if (!piece) throw brokenOff()
    seen = Buffer.concat([seen, piece])
  }
  if (seen.toString("latin1", 0, 2) !== "--") {
    throw new AppError("invalid", { message: "Send one file at a time." })
  }
}

async function next(reader: Reader): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value
  } catch (error) {
    throw brokenOff(error)
  }
}

/**
 * Discards the rest of the request, up to a limit: a browser that gets a response before it has sent everything may
 * report a broken connection instead.
 */
async function drain(reader: Reader, maxBytes: number): Promise<void> {
  try {
    for (let bytes = 0; bytes <= maxBytes + frameBytes; ) {
      const { value, done } = await reader.read()
      if (done) return
      bytes += value.length
    }
    await reader.cancel()
  } catch {
    // The client disconnected; there is nothing left to read.
  }
}

function brokenOff(cause?: unknown): AppError {
  return new AppError("invalid", { message: "The upload broke off. Send it again.", cause })
}
