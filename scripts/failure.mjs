/** An error a person can act on: one sentence, and the last output of the failed command. */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {string} [output]
   */
  constructor(message, output = "") {
    super(message)
    this.output = output
  }
}

/** The run was interrupted. */
export class Interruption extends Error {}

/**
 * Whether an error is only an interruption.
 * @param {unknown} error
 */
export function isInterruption(error) {
  return error instanceof Interruption || (error instanceof Error && error.name === "AbortError")
}

/**
 * The last lines of a text.
 * @param {string} text
 * @param {number} [count]
 */
export function lastLines(text, count = 30) {
  return text.trimEnd().split("\n").slice(-count).join("\n")
}

/**
 * The text to print for an error: a sentence if a person can act on it, a stack trace for our own bugs.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Failure)) return error instanceof Error ? error.stack : String(error)
  return error.output ? `${lastLines(error.output)}\n\n${error.message}` : error.message
}
