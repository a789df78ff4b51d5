import "server-only"

/** A number, or an operator or name as text. */
export type Token = number | string

// A number (1, .5, 1.5e3), a name, or an operator, after optional spaces.
const pattern = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|([a-z]+)|(\*\*|[-+*/%^(),×·÷−]))/iy
const spellings: Readonly<Record<string, string>> = {
  "**": "^",
  "×": "*",
  "·": "*",
  "÷": "/",
  "−": "-",
}

/** The tokens of an expression, or the first invalid piece. */
export function tokenize(expression: string): { tokens: Token[]; stray?: string } {
  const text = expression.trimEnd()
  const tokens: Token[] = []
  pattern.lastIndex = 0
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex
    const [, number, name, sign] = pattern.exec(text) ?? []
    if (number !== undefined) tokens.push(Number(number))
    else if (name !== undefined) tokens.push(name.toLowerCase())
    else if (sign !== undefined) tokens.push(spellings[sign] ?? sign)
    else return { tokens, stray: /^\S{1,20}/.exec(text.slice(start).trimStart())?.[0] ?? "" }
  }
  return { tokens }
}
