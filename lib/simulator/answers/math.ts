import { pick } from "../random"
import type { Question } from "./question"

const basel = `## A sum that ends in a circle

Add the reciprocals of all squares:

$$
\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = 1 + \\frac14 + \\frac19 + \\frac1{16} + \\cdots
$$

Nothing here is round, and yet the answer contains $\\pi$. Euler's argument of 1735 compares two ways of writing $\\frac{\\sin x}{x}$. Its power series is

$$
\\frac{\\sin x}{x} = 1 - \\frac{x^2}{3!} + \\frac{x^4}{5!} - \\cdots
$$

and, since it is zero exactly at $\\pm\\pi, \\pm2\\pi, \\dots$, it is also the product

$$
\\frac{\\sin x}{x} = \\prod_{n=1}^{\\infty}\\left(1 - \\frac{x^2}{n^2\\pi^2}\\right).
$$

Multiply out and collect the terms with $x^2$: the product gives $-\\frac{1}{\\pi^2}\\sum \\frac1{n^2}$, the series gives $-\\frac16$. They must agree, so

$$
\\boxed{\\sum_{n=1}^{\\infty} \\frac{1}{n^2} = \\frac{\\pi^2}{6}}
$$

**Check.** The first ten terms add up to about $1.5498$, and $\\frac{\\pi^2}{6} \\approx 1.6449$. The gap after $N$ terms is close to $\\frac1N$, here $0.095$: just what we see.`

export const gaussian = `## An integral that is easier in two dimensions

The function $e^{-x^2}$ has no elementary antiderivative, but its integral over the whole line is known exactly. Call it $I$ and square it:

$$
I^2 = \\int_{-\\infty}^{\\infty}\\!\\int_{-\\infty}^{\\infty} e^{-(x^2+y^2)}\\,dx\\,dy
$$

The exponent only depends on the distance $r$ from the origin, so change to polar coordinates. The area element brings a factor $r$, and that factor is the whole trick:

$$
I^2 = \\int_0^{2\\pi}\\!\\int_0^{\\infty} e^{-r^2}\\,r\\,dr\\,d\\theta
    = 2\\pi\\left[-\\tfrac12 e^{-r^2}\\right]_0^{\\infty} = \\pi
$$

Since $I$ is positive, $I = \\sqrt{\\pi}$.

1. **Why it works:** in one dimension nothing offers the derivative of $r^2$; in two, geometry supplies it.
2. **Where it returns:** divide by $\\sqrt\\pi$, stretch by $\\sigma\\sqrt2$, and you hold the normal distribution.`

const bayes = `## Why a good test can still be wrong most of the time

A disease affects $1$ in $1000$ people. A test finds $99\\%$ of the cases and raises a false alarm for $5\\%$ of the healthy. Your test is positive. How worried should you be? Bayes' rule says

$$
P(D \\mid +) = \\frac{P(+\\mid D)\\,P(D)}{P(+\\mid D)\\,P(D) + P(+\\mid \\bar D)\\,P(\\bar D)}
$$

With the numbers in place,

$$
P(D \\mid +) = \\frac{0.99 \\cdot 0.001}{0.99 \\cdot 0.001 + 0.05 \\cdot 0.999} = \\frac{0.00099}{0.05094} \\approx 1.9\\%
$$

Count people instead, and the surprise goes away:

| Of 100,000 people | test positive | test negative |
| :-- | --: | --: |
| 100 ill | 99 | 1 |
| 99,900 healthy | 4,995 | 94,905 |

Of $5{,}094$ positive tests, $99$ are right. The test is fine; the disease is rare.`

/** Works out a sum of two numbers, if the question holds one. */
export function arithmetic(text: string): string | undefined {
  const [, first, operator, second] =
    /(-?\d+(?:\.\d+)?)\s*([-+*×x/÷^])\s*(-?\d+(?:\.\d+)?)/.exec(text) ?? []
  if (!first || !operator || !second || /\d{4}-\d\d-\d\d/.test(text)) return undefined
  const [left, right] = [Number(first), Number(second)]
  const results: Record<string, number> = {
    "+": left + right,
    "-": left - right,
    "*": left * right,
    "×": left * right,
    x: left * right,
    "/": left / right,
    "÷": left / right,
    "^": left ** right,
  }
  const result = results[operator]
  if (result === undefined || !Number.isFinite(result)) return undefined
  const sign = { "*": "\\times", "×": "\\times", x: "\\times", "/": "\\div", "÷": "\\div" }[
    operator
  ]
  const shown = Number.isSafeInteger(result)
    ? String(result)
    : String(Number(result.toPrecision(12)))
  const isExact = Number(shown) === result
  return `This one the simulator can really work out:

$$
${first} ${sign ?? operator} ${operator === "^" ? `{${second}}` : second} ${isExact ? "=" : "\\approx"} ${shown}
$$

A language model would have *remembered* or *reasoned* its way there; a program just multiplies the way it was built to. That is why real assistants are given calculators as tools.`
}

/** A piece of mathematics that fits the question, or one worth knowing. */
export function mathAnswer(question: Question): string {
  const { text, seed } = question
  const worked = arithmetic(text)
  if (worked) return worked
  if (/integral|integrate|gauss|calculus/i.test(text)) return gaussian
  if (/probab|bayes|statistic|chance/i.test(text)) return bayes
  if (/sum|series|euler|basel|pi\b|π/i.test(text)) return basel
  return pick(seed, [basel, gaussian, bayes])
}
