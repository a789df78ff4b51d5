import { AppError } from "../../base/errors"
import { newId } from "../../base/id"
import { isJson, type Value } from "../schema/check"
import { SentFile } from "../schema/file"

/** A request body for `fetch`; files in it are streamed while it is sent. */
type RequestBody = { contentType: string } & (
  | { content: string }
  | { content: ReadableStream<Uint8Array>; sizeBytes: number }
)

/** Text to send, or a file that is read when its turn comes. */
type Piece = string | SentFile

/**
 * Encodes a body as JSON, or as a form if it contains a file sent as bytes. Files are streamed, so memory use does
 * not depend on their size.
 */
export function requestBody(body: Record<string, Value>): RequestBody {
  const boundary = `polylogue-${newId()}`
  const isForm = Object.values(body).some(holdsBytes)
  const pieces = isForm ? formPieces(body, boundary) : jsonPieces(body)
  const contentType = isForm ? `multipart/form-data; boundary=${boundary}` : "application/json"
  if (!pieces.some((piece) => piece instanceof SentFile)) {
    return { contentType, content: pieces.join("") }
  }
  const sizes = pieces.map((piece) =>
    typeof piece === "string" ? Buffer.byteLength(piece) : piece.sizeBytes,
  )
  const sizeBytes = sizes.reduce((sum, size) => sum + size, 0)
  return { contentType, content: streamOf(bytesOf(pieces)), sizeBytes }
}

function holdsBytes(value: Value): boolean {
  if (Array.isArray(value)) return value.some(holdsBytes)
  return value instanceof SentFile && value.as === "bytes"
}

function jsonPieces(value: Value): Piece[] {
  if (value instanceof SentFile) return ['"', value, '"']
  if (isJson(value)) return [JSON.stringify(value)]
  if (Array.isArray(value)) return ["[", ...joined(value.map(jsonPieces)), "]"]
  const members = Object.entries(value)
  const named = members.map(([name, inner]) => [`${JSON.stringify(name)}:`, ...jsonPieces(inner)])
  return ["{", ...joined(named), "}"]
}

function joined(lists: readonly Piece[][]): Piece[] {
  return lists.flatMap((list, index) => (index === 0 ? list : [",", ...list]))
}

function formPieces(body: Record<string, Value>, boundary: string): Piece[] {
  const parts = Object.entries(body).flatMap(([name, value]) => {
    // Forms repeat a name for lists.
    const entries = Array.isArray(value) && holdsBytes(value) ? value : [value]
    return entries.flatMap((entry) => [
      `--${boundary}\r\n${partHead(name, entry)}\r\n\r\n`,
      ...entryPieces(entry),
      "\r\n",
    ])
  })
  return [...parts, `--${boundary}--\r\n`]
}

function partHead(name: string, entry: Value): string {
  const disposition = `content-disposition: form-data; name="${quoted(name)}"`
  if (!(entry instanceof SentFile) || entry.as === "address") return disposition
  const { file } = entry
  return `${disposition}; filename="${quoted(file.name)}"\r\ncontent-type: ${file.mediaType}`
}

/** Escapes a form field name as browsers do. */
function quoted(name: string): string {
  return name.replace(/[\r\n"]/g, encodeURIComponent)
}

function entryPieces(entry: Value): Piece[] {
  if (typeof entry === "string" || entry instanceof SentFile) return [entry]
  return jsonPieces(entry)
}

/** Pulls data only as fast as it is sent. */
function streamOf(bytes: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await bytes.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await bytes.return(undefined)
    },
  })
}

async function* bytesOf(pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (typeof piece === "string") yield Buffer.from(piece)
    else yield* sent(piece)
  }
}

async function* sent(piece: SentFile): AsyncGenerator<Uint8Array> {
  if (piece.as === "bytes") return yield* whole(piece)
  yield Buffer.from(piece.head)
  // Base64 encodes groups of three bytes, so a remainder is carried over to the next chunk.
  let rest: Uint8Array = new Uint8Array()
  for await (const bytes of whole(piece)) {
    const all = Buffer.concat([rest, bytes])
    const end = all.length - (all.length % 3)
    if (end > 0) yield Buffer.from(all.toString("base64", 0, end))
    rest = all.subarray(end)
  }
  yield Buffer.from(Buffer.from(rest).toString("base64"))
}

/** The file's bytes; fails if their number differs from the announced size. */
async function* whole({ file }: SentFile): AsyncGenerator<Uint8Array> {
  let left = file.sizeBytes
  for await (const bytes of await file.open()) {
    left -= bytes.length
    if (left < 0) break
    yield bytes
  }
  if (left !== 0) throw new AppError("storage_unavailable", { cause: `${file.name}: another size` })
}
