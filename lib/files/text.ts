import "server-only"
import type { FileHandle } from "node:fs/promises"

const pieceBytes = 256 * 1024
// Control characters that text never contains; tab, line ends, form feed and escape (colored logs) are allowed.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const binary = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/

/** Whether the whole file is valid UTF-8 text. */
export async function isText(file: FileHandle): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  const piece = Buffer.alloc(pieceBytes)
  let position = 0
  try {
    while (true) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes, position)
      const text = decoder.decode(piece.subarray(0, bytesRead), { stream: bytesRead > 0 })
      if (binary.test(text)) return false
      if (bytesRead === 0) return true
      position += bytesRead
    }
  } catch (error) {
    if (error instanceof TypeError) return false // how a decoder reports invalid UTF-8
    throw error
  }
}
