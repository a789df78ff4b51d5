import { performance } from "node:perf_hooks"
import { isInterruption } from "./failure.mjs"

const SLOW_AFTER_MS = 2000

/**
 * Prints one line for a step that takes a moment, with its duration.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const isTerminal = process.stdout.isTTY
  const startedAt = performance.now()
  const begin = () => process.stdout.write(`  ${title} ...${isTerminal ? "" : "\n"}`)
  // Without a terminal only slow steps announce their start, to avoid printing everything twice.
  const timer = isTerminal ? undefined : setTimeout(begin, SLOW_AFTER_MS)
  if (isTerminal) begin()
  const end = (/** @type {string} */ word) => {
    clearTimeout(timer)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    process.stdout.write(`${isTerminal ? "\r\x1b[K" : ""}  ${title}: ${word} (${seconds} s)\n`)
  }
  try {
    const result = await work()
    end("done")
    return result
  } catch (error) {
    end(isInterruption(error) ? "stopped" : "failed")
    throw error
  }
}
