/** One question to ask, and when. */
export type Order = {
  scriptId: string
  /** Chunks that a whole answer has. */
  chunks: number
  url: string
  headers: Record<string, string>
  body: string
  /** After the begin of the job. */
  afterMs: number
}

export type Job =
  | { kind: "read"; upstreamUrl: string; orders: Order[] }
  /** Readers that stop reading at the first bytes and hang on. */
  | { kind: "stall"; orders: Order[]; holdMs: number }

type Spread = { p50: number | null; p99: number | null }

/** What a job's streams came to; times in milliseconds. */
export type LoadSummary = {
  /** From asking to the first words, all of it added by what stands between: the upstream takes no time. */
  added: Spread
  /** The part of it before the upstream was asked. */
  pre: Spread
  relay: Spread
  /** Each later chunk, from written to read. */
  lag: Spread
  /** From the upstream's end to the response's. */
  close: Spread
  chunks: number
  chunksPerSecond: number
  failed: number
  /** A few words about what failed. */
  errors: string[]
}
