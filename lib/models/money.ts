import { trimEndOf } from "../base/text-end"

/** Dollars for people: two decimals from a dollar up, two significant digits below, never "0" for more than nothing. */
export function formatUsd(usd: number): string {
  if (usd === 0) return "$0"
  if (usd >= 1) return `$${usd.toFixed(2)}`
  if (usd < 0.000001) return "<$0.000001"
  return `$${usd.toFixed(Math.min(6, 1 - Math.floor(Math.log10(usd))))}`
}

/** A price as it stands on a list: cents at least, three significant digits below a dollar. */
export function formatPrice(usd: number): string {
  if (usd === 0) return "$0"
  if (usd >= 1) return `$${usd.toFixed(2)}`
  const decimals = Math.min(20, 2 - Math.floor(Math.log10(usd)))
  const [whole, parts = ""] = usd.toFixed(decimals).split(".")
  return `$${whole}.${trimEndOf("0", parts).padEnd(2, "0")}`
}

/** Dollars of several, as far as anybody tells. */
export function sumUsd(costs: readonly (number | null)[]): number | null {
  const told = costs.filter((costUsd) => costUsd !== null)
  return told.length > 0 ? told.reduce((sum, costUsd) => sum + costUsd, 0) : null
}
