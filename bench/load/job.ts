/** A question to send, and when. */
export type Order = {
  scriptId: string
  /** Number of chunks in a complete answer. */
  chunks: number
  url: string
  headers: Record<string, string>
  body: string
  /** Milliseconds after the start of the job. */
  afterMs: number
}

export type Job =
  | { kind: "read"; upstreamUrl: string; orders: Order[] }
  /** Clients that stop reading after the first bytes but stay connected. */
  | { kind: "stall"; orders: Order[]; holdMs: number }

type Spread = { p50: number | null; p99: number | null }

/** The results of a job; times in milliseconds. */
export type LoadSummary = {
  /** Time to first token. The upstream answers immediately, so all of it is added by the app. */
  added: Spread
  /** The part of it before the upstream received the request. */
  pre: Spread
  relay: Spread
  /** Delay of each later chunk, from written to read. */
  lag: Spread
  /** From the upstream's end to the end of the response. */
  close: Spread
  chunks: number
  chunksPerSecond: number
  failed: number
  /** A short description of each failure. */
  errors: string[]
}
