import { trimEndOf } from "../base/text-end"

/**
 * Formats a cost: two decimals from one dollar up, two significant digits below, and never "0" for a positive
 * amount.
 */
export function formatUsd(usd: number): string {
  if (usd === 0) return "$0"
  if (usd >= 1) return `$${usd.toFixed(2)}`
  if (usd < 0.000001) return "<$0.000001"
  return `$${usd.toFixed(Math.min(6, 1 - Math.floor(Math.log10(usd))))}`
}

/** Formats a list price: at least cents, three significant digits below a dollar. */
export function formatPrice(usd: number): string {
  if (usd === 0) return "$0"
  if (usd >= 1) return `$${usd.toFixed(2)}`
  const decimals = Math.min(20, 2 - Math.floor(Math.log10(usd)))
  const [whole, parts = ""] = usd.toFixed(decimals).split(".")
  return `$${whole}.${trimEndOf("0", parts).padEnd(2, "0")}`
}

/** The sum of the known costs; null if none is known. */
export function sumUsd(costs: readonly (number | null)[]): number | null {
  const told = costs.filter((costUsd) => costUsd !== null)
  return told.length > 0 ? told.reduce((sum, costUsd) => sum + costUsd, 0) : null
}
