import type { Price } from "../../models/model"
import { formatPrice } from "../../models/money"

/**
 * A one-line summary of a model's prices, such as "$0.60 in · $2.40 out / 1M tokens", "$0.04 per image" or
 * "$0.05–0.10 per second"; null without prices.
 */
export function priceLabel(prices: readonly Price[]): string | null {
  const [first] = prices
  if (!first) return null
  if (prices.every(({ usd }) => usd === 0)) return "free"
  const units = [...Map.groupBy(prices, ({ unit }) => unit)]
  const labels = units.map(([unit, ofUnit]) => unitLabel(unit, usual(ofUnit)))
  // Of conditional prices only one applies; unconditional ones add up.
  const isChoice = prices.every(({ when }) => when !== null)
  const shown = labels.slice(0, 2).join(isChoice ? " or " : " + ")
  return labels.length > 2 ? `${shown} and more` : shown
}

/** The prices without those for special measures such as cached input, unless there are no others. */
function usual(prices: Price[]): Price[] {
  const plain = prices.filter(({ when }) => when?.measure === undefined)
  return plain.length > 0 ? plain : prices
}

function unitLabel(unit: string, prices: readonly Price[]): string {
  const [scale, words] = scaleOf(unit, prices)
  const measures = (["input", "output", null] as const).flatMap((measure) => {
    const usd = prices
      .filter((price) => price.measure === measure)
      .map((price) => (price.usd / price.per) * scale)
    return usd.length > 0 ? [{ measure, amount: range(usd) }] : []
  })
  const isSplit = measures.length > 1 || unit === "token"
  const amounts = measures.map(({ measure, amount }) =>
    isSplit && measure ? `${amount} ${measure === "input" ? "in" : "out"}` : amount,
  )
  return `${amounts.join(" · ")} ${words}`
}

/** The number of units to show a price for, and its wording. */
function scaleOf(unit: string, prices: readonly Price[]): [scale: number, words: string] {
  if (unit === "token" || unit === "character") return [1_000_000, `/ 1M ${unit}s`]
  const isTiny = prices.every(({ usd, per }) => usd / per < 0.005)
  if (unit === "second" && isTiny) return [60, "per minute"]
  return [1, `per ${unit.replaceAll(/[_-]/g, " ")}`]
}

function range(amounts: readonly number[]): string {
  const low = formatPrice(Math.min(...amounts))
  const high = formatPrice(Math.max(...amounts))
  return low === high ? low : `${low}–${high.slice(1)}`
}
