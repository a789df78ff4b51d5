type Operation = "+" | "-" | "*" | "/" | "^"
type Token = number | Operation | "(" | ")"

const signs: Record<string, Token> = {
  "×": "*",
  x: "*",
  "*": "*",
  "÷": "/",
  "/": "/",
  "+": "+",
  "-": "-",
  "−": "-",
  "^": "^",
  "(": "(",
  ")": ")",
}
const priority: Record<Operation, number> = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 4 }

/** A value, and the formula it comes from. */
interface Term {
  value: number
  tex: string
}

const nothing: Term = { value: Number.NaN, tex: "" }

function combine(operation: Operation, left: Term, right: Term): Term {
  switch (operation) {
    case "+":
      return { value: left.value + right.value, tex: `${left.tex} + ${right.tex}` }
    case "-":
      return { value: left.value - right.value, tex: `${left.tex} - ${right.tex}` }
    case "*":
      return { value: left.value * right.value, tex: `${left.tex} \\times ${right.tex}` }
    case "/":
      return { value: left.value / right.value, tex: `${left.tex} \\div ${right.tex}` }
    case "^":
      return { value: left.value ** right.value, tex: `${left.tex}^{${right.tex}}` }
  }
}

/** The value of an expression by the usual rules; nothing when it is not one. */
function evaluate(tokens: Token[]): Term | undefined {
  let position = 0
  function operand(): Term {
    const token = tokens[position++]
    if (typeof token === "number") return { value: token, tex: String(token) }
    // A sign binds more loosely than a power: -2^2 is -4.
    if (token === "-") {
      const inner = expression(3)
      return { value: -inner.value, tex: `-${inner.tex}` }
    }
    if (token !== "(") return nothing
    const inner = expression(1)
    return tokens[position++] === ")" ? { ...inner, tex: `(${inner.tex})` } : nothing
  }
  function expression(least: number): Term {
    let left = operand()
    for (;;) {
      const token = tokens[position]
      if (token === undefined || typeof token === "number" || token === "(" || token === ")") break
      const strength = priority[token]
      if (strength < least) break
      position++
      // A power is read from the right: 2^3^2 is 2^9.
      left = combine(token, left, expression(token === "^" ? strength : strength + 1))
    }
    return left
  }
  const term = expression(1)
  return position === tokens.length && Number.isFinite(term.value) ? term : undefined
}

/** Works a question out, when it is a calculation and nothing else; as a formula. */
export function calculation(text: string): string | undefined {
  const [, expression] =
    /^\s*(?:(?:please|what(?:'s| is)|how much is|calculate|compute|solve|evaluate|work out|was ist|wie viel ist|cuánto es|combien font)\s*:?\s*)*([-−\d.,\s+*×x÷/^()]+?)\s*[=?.]*\s*$/i.exec(
      text,
    ) ?? []
  if (!expression || /\d{4}-\d\d-\d\d/.test(expression)) return undefined
  const words = expression.replace(/(\d),(?=\d{3}\b)/g, "$1").match(/\d+(?:\.\d+)?|\S/g) ?? []
  const tokens = words.flatMap((word): Token[] => {
    const number = Number(word)
    const sign = signs[word.toLowerCase()]
    return Number.isNaN(number) ? (sign === undefined ? [] : [sign]) : [number]
  })
  const isWhole = tokens.length === words.length && tokens.some((token) => token in priority)
  const term = isWhole ? evaluate(tokens) : undefined
  if (!term) return undefined
  const { value, tex } = term
  const shown = Number.isSafeInteger(value)
    ? String(value)
    : String(Number(value.toPrecision(12))).replace(/e\+?(-?\d+)$/, " \\cdot 10^{$1}")
  return `$$\n${tex} ${Number(shown) === value ? "=" : "\\approx"} ${shown}\n$$`
}
