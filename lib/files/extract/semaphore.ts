import "server-only"
import { processWide } from "../../base/process-wide"

const maxAtOnce = 2
const line = () => ({
  free: maxAtOnce,
  waiting: [] as (() => void)[], // resolvers of waiting callers, first in first out
})
const lines = processWide("extract-slots", () => ({ files: line(), pages: line() }))

/**
 * Does `work` when fewer than two others of its line are doing theirs in this process; who came first goes
 * first.
 */
export async function withPermit<T>(of: keyof typeof lines, work: () => Promise<T>): Promise<T> {
  const slots = lines[of]
  if (slots.free > 0) slots.free--
  else await new Promise<void>((resolve) => slots.waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = slots.waiting.shift()
    if (next) next()
    else slots.free++
  }
}
