import "server-only"
import type { Model } from "../models/model"

/** Quantities of one request, by unit of price. */
export type Amounts = Readonly<Record<string, number>>

/** Typical quantities of one minute of speech. */
export const aMinute: Amounts = {
  ...{ second: 60, minute: 1, hour: 1 / 60 },
  ...{ character: 900, token: 250, word: 150 },
  ...{ generation: 1, request: 1 },
}

/** The price of these quantities for a model; null if unknown. The lowest of conditional prices is used. */
export function usdFor({ prices }: Pick<Model, "prices">, amounts: Amounts): number | null {
  const parts = [...Map.groupBy(prices, ({ unit, measure }) => `${unit} ${measure}`).values()]
  const usd = parts.map((part) => {
    const always = part.filter(({ when }) => when === null)
    const each = (always.length > 0 ? always : part).map(
      (price) => (price.usd / price.per) * (amounts[price.unit] ?? Number.NaN),
    )
    return Math.min(...each)
  })
  const sum = usd.reduce((total, part) => total + part, 0)
  return usd.length === 0 || Number.isNaN(sum) ? null : sum
}
