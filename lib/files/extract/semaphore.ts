import "server-only"
import { processWide } from "../../base/process-wide"

const mostAtOnce = 2
const line = () => ({
  free: mostAtOnce,
  waiting: [] as (() => void)[], // resolvers of waiting callers, first in first out
})
const lines = processWide("extract-slots", () => ({ files: line(), pages: line() }))

/** Runs `work` once fewer than two others hold this semaphore in this process; first come, first served. */
export async function inSlot<T>(of: keyof typeof lines, work: () => Promise<T>): Promise<T> {
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
