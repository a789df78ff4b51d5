/** What reads a text, at once or in a while. */
export type Reader = (text: string) => unknown

/** Below this a time says more of the machine than of the text. */
const leastMs = 25
const rounds = 6

/** What it takes of this thread, whoever else needs the machine, to read a text some times. */
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
 * Whether reading a text takes more than 2.5 times as long with each doubling, from a short one to a long one of
 * its kind. The short one is read as often as it goes into the long one, since the clock of a thread is a coarse
 * one. A time may be too long by chance: the first good one is believed.
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
