/** The beginning of a key by which it is known in public. Any key will do; what it spends is booked under it. */
export function prefixOf(bearer: string): string {
  return bearer.slice(0, 8)
}
