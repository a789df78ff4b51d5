/**
 * The index at which a text ends once trailing `signs` are removed. A pattern such as /[.,]+$/ restarts at every
 * match that is not at the end, which is quadratic for long runs.
 */
export function endWithout(signs: string, text: string, end = text.length): number {
  let at = end
  while (at > 0 && signs.includes(text.charAt(at - 1))) at--
  return at
}

/** Removes trailing `signs` from a text. */
export function trimEndOf(signs: string, text: string): string {
  return text.slice(0, endWithout(signs, text))
}
