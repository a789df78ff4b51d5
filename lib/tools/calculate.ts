import "server-only"
import { type Token, tokenize } from "./calculate-tokens"

/** Maximum length of an expression. */
export const maxChars = 1_000
/** Maximum nesting of parentheses, signs and powers. */
const maxDepth = 100

const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E }
const functions: Readonly<Record<string, (value: number) => number>> = {
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  ln: Math.log,
  log: Math.log10,
  exp: Math.exp,
  abs: Math.abs,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
}
const ofMany: Readonly<Record<string, (...values: number[]) => number>> = {
  min: Math.min,
  max: Math.max,
}

/** An invalid expression, with a message. Caught in this file. */
class Problem extends Error {}

export type Worked = { value: number; problem?: undefined } | { problem: string }

/** Evaluates an arithmetic expression, or returns why it is invalid. */
export function calculate(expression: string): Worked {
  try {
    if (expression.trim() === "") throw new Problem("There is nothing to calculate.")
    if (expression.length > maxChars) {
      throw new Problem(`An expression has ${maxChars} characters at most.`)
    }
    const { tokens, stray } = tokenize(expression)
    if (stray !== undefined) throw new Problem(`“${stray}” does not belong into a calculation.`)
    return { value: rounded(finite(new Parser(tokens).whole())) }
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message }
    throw error
  }
}

/** Removes binary rounding noise: 0.1 + 0.2 is 0.3. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15))
}

function finite(value: number): number {
  if (Number.isNaN(value)) throw new Problem("That has no value among the real numbers.")
  if (!Number.isFinite(value)) throw new Problem("That is larger than what can be calculated here.")
  return value
}

/** Recursive descent: sums of products of signed powers of operands. */
class Parser {
  #place = 0
  #depth = 0
  constructor(readonly tokens: readonly Token[]) {}

  whole(): number {
    const value = this.#sum()
    const left = this.tokens[this.#place]
    if (left !== undefined) throw new Problem(`“${left}” stands where an operator should be.`)
    return value
  }

  #sum(): number {
    let value = this.#product()
    for (;;) {
      if (this.#takes("+")) value += this.#product()
      else if (this.#takes("-")) value -= this.#product()
      else return value
    }
  }

  #product(): number {
    let value = this.#signed()
    for (;;) {
      if (this.#takes("*")) value *= this.#signed()
      else if (this.#takes("/")) value /= notZero(this.#signed())
      else if (this.#takes("%")) value %= notZero(this.#signed())
      else return value
    }
  }

  // A sign binds less tightly than a power: -2^2 is -4.
  #signed(): number {
    if (this.#takes("-")) return this.#deeper(() => -this.#signed())
    if (this.#takes("+")) return this.#deeper(() => this.#signed())
    return this.#power()
  }

  // Powers are right-associative: 2^3^2 is 2^9.
  #power(): number {
    const base = this.#operand()
    return this.#takes("^") ? base ** this.#deeper(() => this.#signed()) : base
  }

  #operand(): number {
    const token = this.tokens[this.#place++]
    if (typeof token === "number") return token
    if (token === "(") return this.#enclosed()
    if (token === undefined) throw new Problem("The expression ends too early.")
    if (Object.hasOwn(constants, token)) return constants[token] ?? 0
    const alone = Object.hasOwn(functions, token) ? functions[token] : undefined
    const many = Object.hasOwn(ofMany, token) ? ofMany[token] : undefined
    if (alone) return alone(this.#arguments(token, 1)[0] ?? Number.NaN)
    if (many) return many(...this.#arguments(token))
    if (/^[a-z]/i.test(token)) throw new Problem(`There is no function or constant “${token}”.`)
    throw new Problem(`“${token}” stands where a number should be.`)
  }

  #arguments(name: string, count?: number): number[] {
    if (!this.#takes("(")) throw new Problem(`${name} needs its argument in parentheses.`)
    const values = [this.#deeper(() => this.#sum())]
    while (this.#takes(",")) values.push(this.#deeper(() => this.#sum()))
    this.#close()
    if (count !== undefined && values.length !== count) {
      throw new Problem(`${name} takes one argument.`)
    }
    return values
  }

  #enclosed(): number {
    const value = this.#deeper(() => this.#sum())
    this.#close()
    return value
  }

  #close(): void {
    if (!this.#takes(")")) throw new Problem("A parenthesis is not closed.")
  }

  #takes(token: Token): boolean {
    if (this.tokens[this.#place] !== token) return false
    this.#place++
    return true
  }

  #deeper(inner: () => number): number {
    if (++this.#depth > maxDepth) throw new Problem("The expression is nested too deeply.")
    const value = inner()
    this.#depth--
    return value
  }
}

function notZero(value: number): number {
  if (value === 0) throw new Problem("That divides by zero.")
  return value
}
