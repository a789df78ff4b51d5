/** A synchronous or asynchronous function that processes a text. */
export type Reader = (text: string) => unknown

/** Timings below this reflect the machine more than the text. */
const leastMs = 40
const rounds = 12

/** CPU time of this thread for processing a text `times` times, independent of other load. */
async function timeMs(read: Reader, text: string, times: number): Promise<number> {
  const start = process.threadCpuUsage()
  for (let left = times; left > 0; left--) {
    const pending = read(text)
    if (pending instanceof Promise) await pending
  }
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1_000
}

/**
 * Whether the time to process a text grows by more than 2.5 times per doubling, comparing a short text with a long
 * one of the same kind. The short text is repeated to the same total length because the thread clock is coarse. A
 * measurement may be too high by chance, so one good result is enough.
 */
export async function isSlow(read: Reader, short: string, long: string): Promise<boolean> {
  const parts = Math.round(long.length / short.length)
  const most = 2.5 ** Math.log2(parts) / parts
  for (let left = rounds; left > 0; left--) {
    const [ofShort, ofLong] = [await timeMs(read, short, parts), await timeMs(read, long, 1)]
    if (ofLong <= Math.max(most * ofShort, leastMs)) return false
  }
  return true
}
