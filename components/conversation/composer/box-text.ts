import { limits } from "@/lib/base/limits"

// More marks on one letter than any script has; drawing them takes their square.
const heap = /\p{M}{50}/u

/** Whether a text would stop the page for a while if it stood in a box. */
export function isTooLongForBox(text: string): boolean {
  return text.length > limits.boxChars || hasManyLines(text) || heap.test(text)
}

function hasManyLines(text: string): boolean {
  let at = -1
  for (let lines = 0; lines <= limits.boxLines; lines++) {
    at = text.indexOf("\n", at + 1)
    if (at < 0) return false
  }
  return true
}

/** A text as a file to attach. */
export function toTextFile(text: string): File {
  return new File([text], "Pasted text.txt", { type: "text/plain" })
}
