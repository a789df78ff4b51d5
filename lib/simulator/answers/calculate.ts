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

function apply(operation: Operation, left: number, right: number): number {
  switch (operation) {
    case "+":
      return left + right
    case "-":
      return left - right
    case "*":
      return left * right
    case "/":
      return left / right
    case "^":
      return left ** right
  }
}

/** The value of an expression by the usual rules; nothing when it is not one. */
function evaluate(tokens: Token[]): number | undefined {
  let position = 0
  function operand(): number {
    const token = tokens[position++]
    if (typeof token === "number") return token
    // A sign binds more loosely than a power: -2^2 is -4.
    if (token === "-") return -expression(3)
    if (token !== "(") return Number.NaN
    const inner = expression(1)
    return tokens[position++] === ")" ? inner : Number.NaN
  }
  function expression(least: number): number {
    let left = operand()
    for (;;) {
      const token = tokens[position]
      if (token === undefined || typeof token === "number" || token === "(" || token === ")") break
      const strength = priority[token]
      if (strength < least) break
      position++
      // A power is read from the right: 2^3^2 is 2^9.
      left = apply(token, left, expression(token === "^" ? strength : strength + 1))
    }
    return left
  }
  const value = expression(1)
  return position === tokens.length && Number.isFinite(value) ? value : undefined
}

function tex(tokens: Token[]): string {
  const words = tokens.map((token, index) => {
    if (token === "*") return "\\times"
    if (token === "/") return "\\div"
    return tokens[index - 1] === "^" && typeof token === "number" ? `{${token}}` : String(token)
  })
  return words.join(" ")
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
  const value = isWhole ? evaluate(tokens) : undefined
  if (value === undefined) return undefined
  const shown = Number.isSafeInteger(value)
    ? String(value)
    : String(Number(value.toPrecision(12))).replace(/e\+?(-?\d+)$/, " \\cdot 10^{$1}")
  return `$$\n${tex(tokens)} ${Number(shown) === value ? "=" : "\\approx"} ${shown}\n$$`
}
