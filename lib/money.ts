/** Dollars for people: two digits from a dollar up, four significant ones below, never "0" for more than nothing. */
export function formatUsd(usd: number): string {
  if (usd === 0) return "$0"
  if (usd >= 1) return `$${usd.toFixed(2)}`
  if (usd < 0.000001) return "<$0.000001"
  return `$${usd.toFixed(Math.min(6, 1 - Math.floor(Math.log10(usd))))}`
}
