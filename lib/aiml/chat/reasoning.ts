import type { Params } from "../../base/json"
import { fits, isObject, type Value } from "../schema/check"
import { declares } from "../schema/declares"
import type { Schema } from "../schema/schema"

/** Tokens to think with for models that want a number where others want a word. */
const budgets: Readonly<Record<string, number>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 24_576,
}

/**
 * How hard to think, in the member that a model's schema has for it: an effort, an object with an effort,
 * a budget, a switch. What the person chose in `params` stands alone.
 */
export function encodeReasoning(
  effort: string | null,
  params: Params,
  limitTokens: number | null,
  { properties }: Schema,
): Record<string, Value | undefined> {
  const isChosen = ["reasoning_effort", "reasoning", "thinking", "enable_thinking"].some(
    (name) => params[name] !== undefined,
  )
  if (effort === null || isChosen) return {}
  const isOff = effort === "none"
  const budget = limited(budgets[effort] ?? 8_192, limitTokens)
  const candidates: (readonly [string, Value])[] = [
    ["reasoning_effort", effort],
    ["reasoning", { effort }],
    ["thinking", { type: isOff ? "disabled" : "enabled", budget_tokens: budget ?? 1_024 }],
    ["thinking", { type: isOff ? "disabled" : "enabled" }],
    ["thinking", { type: "adaptive" }],
    ["enable_thinking", !isOff],
  ]
  const found = candidates.find(([name, value]) => {
    const isUnasked = isOff && name === "thinking" && isObject(value) && value.type !== "disabled"
    return !isUnasked && declares(properties[name], value)
  })
  if (!found) return {}
  const [name, value] = found
  const isBudgeted = name === "enable_thinking" && !isOff && fits(properties.thinking_budget, 8_192)
  return { [name]: value, ...(isBudgeted && { thinking_budget: budget ?? 1_024 }) }
}

function limited(budget: number, limitTokens: number | null): number | undefined {
  if (limitTokens === null || budget < limitTokens) return budget
  const room = Math.floor(limitTokens / 2)
  return room >= 1_024 ? room : undefined
}

/**
 * The person's settings with a thinking budget that leaves room for words below the limit of the whole
 * answer; where there is no room the model does not think.
 */
export function limitedParams(params: Params, limitTokens: number | null): Params {
  const { thinking, ...others } = params
  if (!isObject(thinking) || typeof thinking.budget_tokens !== "number") return params
  const budget = limited(thinking.budget_tokens, limitTokens)
  return budget === undefined
    ? others
    : { ...params, thinking: { ...thinking, budget_tokens: budget } }
}
