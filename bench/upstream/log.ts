/** The timeline of one script, in wall clock time. */
export type LogEntry = {
  /** When its first request was complete. */
  arrived: number
  /** When each chunk was written. */
  written: number[]
  /** When the answer ended; null while it is being written. */
  ended: number | null
  /** Requests with this script: side requests repeat the question. */
  requests: number
}

export type Log = Record<string, LogEntry>

/** Fetches and resets the upstream's log. */
export async function takeLog(upstreamUrl: string): Promise<Log> {
  const response = await fetch(`${upstreamUrl}/log`)
  // Sent by our own process in this shape.
  return (await response.json()) as Log
}
