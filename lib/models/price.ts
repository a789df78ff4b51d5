import type { Json, Params } from "../base/json"
import { type Amount, amountOf, type Given, type Settings } from "./amounts"
import type { ModelForm } from "./fields"
import type { Price } from "./model"

/** A model's form together with its list prices. */
export type PricedForm = ModelForm & { prices: Price[] }

/** A request that is about to be sent. */
type Order = Given & {
  prices: readonly Price[]
  /** Values a person set; the form's defaults apply to the rest. */
  params: Params
  form: Pick<ModelForm, "fields">
}

export type Estimate = {
  usd: number
  /** Charges that cannot be known beforehand may be added. */
  isAtLeast: boolean
  /** A description of the quantity, such as "5 s at 1080p". */
  words: string
}

/** The estimated list price of a request; null if it depends on unknown quantities. */
export function estimate(order: Order): Estimate | null {
  const settings = settingsOf(order)
  const applying = pricesFor(order, settings)
  if (applying === null) return null
  const counted = applying.prices.map((price) => ({
    price,
    amount: amountOf(price, order, settings),
  }))
  const priced = counted.flatMap(({ price, amount }) => (amount ? [{ price, amount }] : []))
  if (priced.length === 0) return null
  const isAtLeast =
    applying.isOpen || priced.length < counted.length || priced.some(({ amount }) => amount.isLeast)
  // Float dust: three pictures at $0.1 are not $0.30000000000000004.
  const usd = priced.reduce(
    (sum, { price, amount }) => sum + (amount.count * price.usd) / price.per,
    0,
  )
  return { usd: Number(usd.toPrecision(12)), isAtLeast, words: wordsOf(priced) }
}

/** The combined estimate of several models for one question; null if none is known. */
export function together(estimates: readonly (Estimate | null)[]): Estimate | null {
  const known = estimates.filter((each) => each !== null)
  if (known.length === 0) return null
  return {
    usd: Number(known.reduce((sum, { usd }) => sum + usd, 0).toPrecision(12)),
    isAtLeast: known.length < estimates.length || known.some(({ isAtLeast }) => isAtLeast),
    words: known.map(({ words }) => words).join(" + "),
  }
}

function settingsOf({ params, form }: Order): Settings {
  const defaults = form.fields.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return new Map([...defaults, ...Object.entries(params)])
}

/**
 * The applicable prices: all unconditional ones, and of the conditional ones those whose conditions match. Null if
 * none does. While a condition is undetermined, the lowest candidate is used and `isOpen` is set.
 */
function pricesFor(order: Order, settings: Settings): { prices: Price[]; isOpen: boolean } | null {
  const always = order.prices.filter(({ when }) => when === null)
  // Prices of separate measures, such as cached input, cannot be estimated.
  const conditional = order.prices.filter(({ when }) => when !== null && !("measure" in when))
  if (conditional.length === 0) return { prices: always, isOpen: false }
  const judged = conditional.map((price) => ({
    price,
    verdict: judge(price, settings, order.form),
  }))
  const met = judged.filter(({ verdict }) => verdict === "met").map(({ price }) => price)
  const strictest = Math.max(...met.map(conditionsOf))
  const chosen = met.filter((price) => conditionsOf(price) === strictest)
  if (chosen.length > 0) return { prices: [...always, ...chosen], isOpen: false }
  const possible = judged.filter(({ verdict }) => verdict === "open").map(({ price }) => price)
  const cost = (price: Price) =>
    ((amountOf(price, order, settings)?.count ?? Number.POSITIVE_INFINITY) * price.usd) / price.per
  const [lowest, ...others] = possible.toSorted((a, b) => cost(a) - cost(b))
  if (!lowest) return null
  return {
    prices: [...always, lowest],
    isOpen: others.some((price) => cost(price) !== cost(lowest)),
  }
}

function conditionsOf({ when }: Price): number {
  return Object.keys(when ?? {}).length
}

/** Whether a price's conditions hold; "open" while one depends on an unset parameter. */
function judge({ when }: Price, settings: Settings, form: Order["form"]): "met" | "unmet" | "open" {
  const verdicts = Object.entries(when ?? {}).map(([name, wanted]) => {
    const value = settings.get(name)
    if (value !== undefined && value !== null) return same(value, wanted) ? "met" : "unmet"
    // An unset boolean of the model counts as false.
    const isSwitch = form.fields.some((field) => field.name === name && field.type === "boolean")
    return isSwitch ? (wanted === false ? "met" : "unmet") : "open"
  })
  if (verdicts.includes("unmet")) return "unmet"
  return verdicts.includes("open") ? "open" : "met"
}

function same(value: Json, wanted: string | number | boolean): boolean {
  return String(value).toLowerCase() === String(wanted).toLowerCase()
}

function wordsOf(known: readonly { price: Price; amount: Amount }[]): string {
  const amounts = [
    ...new Set(known.flatMap(({ amount }) => (amount.count > 0 ? amount.words : []))),
  ].join(" and ")
  const conditions = new Map(known.flatMap(({ price }) => Object.entries(price.when ?? {})))
  const at = [...conditions].map(([name, value]) => conditionWords(name, value)).join(", ")
  return at === "" ? amounts : `${amounts} at ${at}`
}

function conditionWords(name: string, value: string | number | boolean): string {
  if (typeof value === "string") return value
  const what = name.replaceAll("_", " ")
  return typeof value === "number" ? `${what} ${value}` : `${what} ${value ? "on" : "off"}`
}
