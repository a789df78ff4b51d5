import "server-only"
import type { Model } from "../models/model"

/** What is asked for at a time, counted in each of the units that prices are told in. */
export type Amounts = Readonly<Record<string, number>>

/** About what a minute of speech is. */
export const aMinute: Amounts = {
  ...{ second: 60, minute: 1, hour: 1 / 60 },
  ...{ character: 900, token: 250, word: 150 },
  ...{ generation: 1, request: 1 },
}

/** What so much of a model's work costs; null where nobody says. Of prices on conditions the lowest. */
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
