/** Something a person can act on: one sentence, and what the failed command printed last. */
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

/** Somebody asked us to stop. */
export class Interruption extends Error {}

/**
 * Whether an error only says that somebody asked us to stop.
 * @param {unknown} error
 */
export function isInterruption(error) {
  return error instanceof Interruption || (error instanceof Error && error.name === "AbortError")
}

/**
 * The last lines of a longer text.
 * @param {string} text
 * @param {number} [count]
 */
export function lastLines(text, count = 30) {
  return text.trimEnd().split("\n").slice(-count).join("\n")
}

/**
 * What to print about an error: a sentence for what people can act on, a stack for our own bugs.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Failure)) return error instanceof Error ? error.stack : String(error)
  return error.output ? `${lastLines(error.output)}\n\n${error.message}` : error.message
}
