/** What is being typed after a `#` at the beginning of a word, and where it stands, the `#` included. */
export type HashWord = { query: string; start: number; end: number }

/** The word that the caret stands in, when it begins with `#`; null for any other. */
export function hashWordAt(text: string, caret: number): HashWord | null {
  const [, query] = /(?:^|\s)#([^\s#]{0,60})$/.exec(text.slice(0, caret)) ?? []
  if (query === undefined) return null
  const rest = /^\S*/.exec(text.slice(caret))?.[0] ?? ""
  return { query: query + rest, start: caret - query.length - 1, end: caret + rest.length }
}
