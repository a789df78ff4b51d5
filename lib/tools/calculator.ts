import "server-only"
import { z } from "zod"
import { AppError } from "../base/errors"
import { calculate, maxChars } from "./calculate"
import { defineTool } from "./tool"

/** Evaluates arithmetic, which models get wrong for long numbers. */
export const calculator = defineTool({
  name: "calculate",
  description:
    "Works out an arithmetic expression exactly. Use it for every calculation that is more than trivial. " +
    "Takes + - * / ^, % for the remainder, parentheses, decimals and 1.5e3, pi and e, and sqrt, sin, cos, " +
    "tan (radians), ln, log (base 10), exp, abs, round, floor, ceil, min, max.",
  input: z.strictObject({
    expression: z.string().max(maxChars).describe("Such as (12.5 + 7) * 3 ^ 2"),
  }),
  async run({ expression }) {
    const worked = calculate(expression)
    if (worked.problem !== undefined) throw new AppError("invalid", { message: worked.problem })
    return { output: { expression: expression.trim(), result: worked.value } }
  },
})
