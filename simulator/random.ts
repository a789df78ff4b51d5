/** A stable 32-bit number for a text (FNV-1a), so that equal requests meet equal fates. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  // The low bits of plain FNV hardly mix for short texts, and callers take remainders.
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39)
  return (value ^ (value >>> 15)) >>> 0
}

/** True for about `share` of all texts, always the same ones. */
export function chance(text: string, share: number): boolean {
  return hash(text) / 0x1_0000_0000 < share
}

/** Picks one of the entries by the text. */
export function pick<Entry>(text: string, entries: readonly [Entry, ...Entry[]]): Entry {
  return entries[hash(text) % entries.length] ?? entries[0]
}

/** A repeatable series of numbers in [0, 1) grown from the text (mulberry32). */
export function series(text: string): () => number {
  let state = hash(text)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** Letters and digits grown from the text, for ids that look like the upstream's. */
export function token(text: string, length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
  const next = series(text)
  return Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join("")
}
