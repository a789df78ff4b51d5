/**
 * Where a text ends without some signs at its end. A pattern such as /[.,]+$/ begins anew at each sign that
 * is not at the end, which takes minutes for a long row of them.
 */
export function endWithout(signs: string, text: string, end = text.length): number {
  let at = end
  while (at > 0 && signs.includes(text.charAt(at - 1))) at--
  return at
}

/** A text without some signs at its end. */
export function trimEndOf(signs: string, text: string): string {
  return text.slice(0, endWithout(signs, text))
}
