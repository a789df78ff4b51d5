/** What happened to one script, on the wall clock. */
export type LogEntry = {
  /** When its first request had come whole. */
  arrived: number
  /** When each chunk was written. */
  written: number[]
  /** When the answer was ended; null while it is written. */
  ended: number | null
  /** Requests with this script: side requests repeat a question. */
  requests: number
}

export type Log = Record<string, LogEntry>

/** Takes the upstream's log, which then begins anew. */
export async function takeLog(upstreamUrl: string): Promise<Log> {
  const response = await fetch(`${upstreamUrl}/log`)
  // The other side is our own process: its shape is its promise.
  return (await response.json()) as Log
}
