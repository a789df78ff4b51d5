import { AppError } from "../../base/errors"

/** Characters of one line of a stream; a longer one is an attack or a defect. */
const maxLineChars = 2_000_000

/** Reads a stream of text line by line; a last line without an end counts. Throws `model_flooded`. */
export function createLineReader(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  // A long line comes in many pieces, which are joined once, at its end.
  let open: string[] = []
  let openChars = 0
  return {
    /** The lines that came since last time; null at the end. */
    async next(): Promise<string[] | null> {
      const { value, done } = await reader.read()
      if (done) {
        const last = open.join("") + decoder.decode()
        open = []
        return last === "" ? null : [last]
      }
      const lines = decoder.decode(value, { stream: true }).split("\n")
      const last = lines.pop() ?? ""
      if (lines.length > 0) {
        lines[0] = open.join("") + lines[0]
        open = []
        openChars = 0
      }
      open.push(last)
      openChars += last.length
      if (openChars > maxLineChars || lines.some((line) => line.length > maxLineChars)) {
        throw new AppError("model_flooded")
      }
      return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line))
    },
    cancel: (reason?: unknown) => reader.cancel(reason),
  }
}
