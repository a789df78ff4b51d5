import { expect, test } from "@playwright/test"
import { calculate } from "./calculate"

const worth = {
  "12*7": 84,
  "0.1 + 0.2": 0.3,
  "2^3^2": 512,
  "-2^2": -4,
  "2^-1": 0.5,
  "(1 + 2) * -3": -9,
  "10 - 4 - 3": 3,
  "100 / 10 / 2": 5,
  "17 % 5 * 2": 4,
  "1.5e3 + .5": 1500.5,
  "2 ** 10": 1024,
  "6 × 7 ÷ 2 − 1": 20,
  "sqrt(16) + ABS(-3)": 7,
  "log(1000) + ln(e)": 4,
  "max(1, min(7, 5), 3)": 5,
  "round(sin(pi / 2) * 10)": 10,
  "cos(pi)": -1,
  "floor(-1.5) + ceil(1.2)": 0,
  "exp(0)": 1,
  "- - 3": 3,
}
for (const [expression, value] of Object.entries(worth)) {
  test(`${expression} is ${value}`, () => {
    const worked = calculate(expression)
    expect(worked.problem).toBeUndefined()
    expect("value" in worked && worked.value).toBeCloseTo(value, 12)
  })
}

const problems = {
  "": "nothing to calculate",
  "1 / 0": "divides by zero",
  "5 % 0": "divides by zero",
  "sqrt(-1)": "no value among the real numbers",
  "10^999": "larger than what can be calculated",
  "2 +": "ends too early",
  "(1 + 2": "not closed",
  "1 2": "where an operator should be",
  "2(3)": "where an operator should be",
  "foo(1)": "no function or constant “foo”",
  "sqrt 4": "argument in parentheses",
  "sqrt(1, 2)": "takes one argument",
  "constructor(1)": "no function or constant",
  "1 + process.exit()": "“.exit()” does not belong",
  ["a".repeat(1_001)]: "1000 characters at most",
  ["(".repeat(500)]: "nested too deeply",
  ["-".repeat(900)]: "nested too deeply",
  ["2^".repeat(400)]: "nested too deeply",
}
for (const [expression, words] of Object.entries(problems)) {
  test(`${expression.slice(0, 30)} is refused in words`, () => {
    expect(calculate(expression).problem).toContain(words)
  })
}

/** A seeded generator, so that every run draws the same. */
function draws(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

type Made = { text: string; value: number; strength: number }
const signs = ["+", "-", "*", "/", "%", "^"] as const
const strengths = { "+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "^": 4 }

/** A random expression with its value, using only the necessary parentheses. */
function grow(draw: (below: number) => number, depth: number): Made {
  const kind = depth === 0 ? 0 : draw(8)
  if (kind === 0) {
    const value = draw(2) ? draw(1_000) : draw(100_000) / 1_000
    return { text: String(value), value, strength: 5 }
  }
  if (kind === 1) {
    const inner = grow(draw, depth - 1)
    const text = inner.strength < 3 ? `-(${inner.text})` : `-${inner.text}`
    return { text, value: -inner.value, strength: 3 }
  }
  if (kind === 2) {
    const [name, apply] = (
      [
        ["abs", Math.abs],
        ["floor", Math.floor],
        ["sin", Math.sin],
        ["sqrt", Math.sqrt],
      ] as const
    )[draw(4)] ?? ["abs", Math.abs]
    const inner = grow(draw, depth - 1)
    return { text: `${name}(${inner.text})`, value: apply(inner.value), strength: 5 }
  }
  const sign = signs[draw(signs.length)] ?? "+"
  const [left, right] = [grow(draw, depth - 1), grow(draw, depth - 1)]
  const strength = strengths[sign]
  const isPower = sign === "^"
  const wrap = ({ text, strength: own }: Made, least: number) => (own < least ? `(${text})` : text)
  // Powers bind their left operand most tightly; all other operators are left-associative.
  const text = `${wrap(left, isPower ? 5 : strength)}${draw(2) ? ` ${sign} ` : sign}${wrap(right, isPower ? 3 : strength + 1)}`
  return { text, value: worthOf(sign, left.value, right.value), strength }
}

function worthOf(sign: (typeof signs)[number], left: number, right: number): number {
  if ((sign === "/" || sign === "%") && right === 0) return Number.NaN
  switch (sign) {
    case "+":
      return left + right
    case "-":
      return left - right
    case "*":
      return left * right
    case "/":
      return left / right
    case "%":
      return left % right
    case "^":
      return left ** right
  }
}

test("a thousand grown expressions are worth what they were grown to be", () => {
  const draw = draws(7)
  let finite = 0
  for (let count = 0; count < 1_000; count++) {
    const { text, value } = grow(draw, 1 + draw(5))
    if (text.length > 1_000) continue
    const worked = calculate(text)
    if (!Number.isFinite(value)) {
      expect(worked.problem, text).toBeDefined()
      continue
    }
    finite++
    expect(worked, text).toEqual({
      value: Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15)),
    })
  }
  expect(finite).toBeGreaterThan(600)
})

test("a thousand heaps of tokens never break it", () => {
  const draw = draws(11)
  const pieces = [..."0123456789+-*/%^(),.e", "sqrt(", "pi", "max", " ", "1e", "€", "__proto__"]
  for (let count = 0; count < 1_000; count++) {
    const text = Array.from({ length: draw(30) }, () => pieces[draw(pieces.length)]).join("")
    const worked = calculate(text)
    expect("value" in worked ? Number.isFinite(worked.value) : worked.problem !== "").toBe(true)
  }
})
