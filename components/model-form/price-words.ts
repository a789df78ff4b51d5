import { formatPrice } from "@/lib/models/money"
import type { Estimate } from "@/lib/models/price"

/** "≈ $0.04", or "from $0.04" where more may be added. */
export function priceWords({ usd, isAtLeast }: Estimate): string {
  if (usd === 0 && !isAtLeast) return "free"
  return `${isAtLeast ? "from" : "≈"} ${formatPrice(usd)}`
}

/** Where the number comes from. */
export function priceTitle({ words, isAtLeast }: Estimate): string {
  const what = `What this will cost${isAtLeast ? " at least" : ""}, by the vendor's list`
  return words === "" ? what : `${what}: ${words}`
}
