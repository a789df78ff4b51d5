const pieceBytes = 256 * 1024

/** Plain text. @type {import("./worker.mjs").Reader} */
export function readPlain(bytes, output) {
  for (const piece of decodePieces(bytes)) output.add(piece)
}

/**
 * Decodes UTF-8, or UTF-16 with a byte order mark.
 * @param {Uint8Array} bytes @returns {Generator<string>}
 */
export function* decodePieces(bytes) {
  const decoder = new TextDecoder(encodingOf(bytes))
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield decoder.decode(bytes.subarray(at, at + pieceBytes), { stream: true })
  }
  yield decoder.decode()
}

/** @param {Uint8Array} bytes */
function encodingOf([first, second]) {
  if (first === 0xff && second === 0xfe) return "utf-16le"
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8"
}
