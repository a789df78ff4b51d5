// What probe.js is to the rest of us.
/** What probe.js puts into the page. Times are on the wall clock unless they say otherwise. */
type Probe = {
  wall(): number
  when(mark: string, isFirst?: boolean): Promise<number>
  scrollUpTo(mark: string, timeoutMs: number): Promise<number | null>
  record(isOn: boolean): void
  frames(): number[]
  longTasks(): { at: number; ms: number }[]
  /** Keydown to paint of the keys since the last call, in milliseconds. */
  keys(): number[]
  keyAt(): number
  clickedAt(): number
  /** Since the navigation. */
  firstInputAt(): number | null
  /** How often something was typed into a box. */
  inputs(): number
  awaited: Promise<number> | null
  nodes(): number
  /** Unpacked. */
  documentBytes(): number
  /** Since the navigation. */
  firstPaint(): number | null
}

declare global {
  interface Window {
    bench: Probe
    /** A text to wait for from the first moment on. */
    benchMark?: string
    /** Puts the focus into the box as soon as there is one. */
    benchFocus?: boolean
  }
}

export {}
