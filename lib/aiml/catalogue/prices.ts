import { z } from "zod"
import type { Price } from "../../models/model"
import { looseList, looseText, numeric } from "./loose"

const amounts = {
  price: numeric.pipe(z.number().nonnegative()),
  per: numeric.pipe(z.number().positive()).default(1),
  measure: looseText,
}
const unitName = z.string().trim().toLowerCase().min(1).max(60)
const unitSchema = z.object({ ...amounts, name: unitName })
const variantSchema = z.object({
  ...amounts,
  unit: unitName,
  when: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})

/** The vendor's three kinds of pricing: per unit, by request variant, or unknown beforehand. */
export const pricingSchema = z.object({
  kind: looseText,
  currency: looseText,
  units: looseList(unitSchema),
  variants: looseList(variantSchema),
})
type Pricing = z.infer<typeof pricingSchema>

/** All valid prices with their units and conditions. */
export function pricesOf({ kind, currency, units, variants }: Pricing): Price[] {
  // Prices in other currencies or with other rules would be misleading.
  if (currency && currency.toUpperCase() !== "USD") return []
  if (kind && kind !== "fixed" && kind !== "variants") return []
  return [
    ...units.map((unit) => toPrice({ ...unit, unit: unit.name, when: {} })),
    ...variants.map((variant) => toPrice({ ...variant, when: variant.when ?? {} })),
  ]
}

type Told = Omit<z.infer<typeof variantSchema>, "when"> & { when: NonNullable<Price["when"]> }

function toPrice({ unit, measure, price, per, when }: Told): Price {
  const isKnown = measure === "input" || measure === "output"
  // A different measure, such as cached input, becomes a condition, so that it is not mistaken for the regular
  // price.
  const conditions = isKnown || measure === null ? when : { ...when, measure }
  return {
    unit: unit.replace(/(?<=[^s])s$/, ""),
    measure: isKnown ? measure : null,
    usd: price,
    per,
    when: Object.keys(conditions).length > 0 ? conditions : null,
  }
}

/** Dollars per million tokens; the lowest of conditional prices. */
export function usdPerMillion(
  prices: readonly Price[],
  measure: "input" | "output",
): number | null {
  const fitting = prices.filter((price) => price.unit === "token" && price.measure === measure)
  const always = fitting.filter(({ when }) => when === null)
  const usd = (always.length > 0 ? always : fitting).map((price) => (price.usd / price.per) * 1e6)
  // Rounds off floating-point noise: 0.0000006 * 1e6 is not exactly 0.6.
  return usd.length > 0 ? Number(Math.min(...usd).toPrecision(12)) : null
}
