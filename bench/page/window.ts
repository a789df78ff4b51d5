// The interface of probe.js.
/** What probe.js puts into the page. Times are on the wall clock unless they say otherwise. */
type Probe = {
  wall(): number
  when(mark: string, isFirst?: boolean): Promise<number>
  scrollUpTo(mark: string, timeoutMs: number): Promise<number | null>
  record(isOn: boolean): void
  frames(): number[]
  longTasks(): { at: number; ms: number }[]
  /** Keydown-to-paint latency of keys since the last call, in milliseconds. */
  keys(): number[]
  keyAt(): number
  clickedAt(): number
  /** Relative to the navigation. */
  firstInputAt(): number | null
  /** Number of input events in text boxes. */
  inputs(): number
  awaited: Promise<number> | null
  nodes(): number
  /** Uncompressed. */
  documentBytes(): number
  /** Relative to the navigation. */
  firstPaint(): number | null
}

declare global {
  interface Window {
    bench: Probe
    /** A text to watch for from the start. */
    benchMark?: string
    /** Focuses the text box as soon as it exists. */
    benchFocus?: boolean
  }
}

export {}
