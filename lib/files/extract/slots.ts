import "server-only"
import { processWide } from "../../process-wide"

const mostAtOnce = 2
const slots = processWide("extract-slots", () => ({
  free: mostAtOnce,
  waiting: [] as (() => void)[], // what ends each wait, the longest first
}))

/** Does `work` when fewer than two others are doing theirs in this process; who came first goes first. */
export async function inSlot<T>(work: () => Promise<T>): Promise<T> {
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
