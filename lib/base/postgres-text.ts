/**
 * Makes text storable in PostgreSQL, recursing through JSON: removes U+0000 (rejected by `text` and `jsonb`) and
 * replaces lone surrogates with U+FFFD (rejected by `jsonb`, silently changed in `text`).
 */
export function toStorable<T>(value: T): T
export function toStorable(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\u0000", "").toWellFormed()
  if (Array.isArray(value)) return value.map((item) => toStorable(item))
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [toStorable(key), toStorable(item)]),
    )
  }
  return value
}

/** The beginning of a text, storable in PostgreSQL and not cut inside a surrogate pair. */
export function cutText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return toStorable(text)
  return toStorable(splitOpenSurrogate(text.slice(0, Math.max(0, maxChars)))[0])
}

/** Splits off a trailing high surrogate whose other half may arrive in the next chunk of a stream. */
export function splitOpenSurrogate(text: string): [whole: string, open: string] {
  return /[\uD800-\uDBFF]$/.test(text) ? [text.slice(0, -1), text.slice(-1)] : [text, ""]
}
