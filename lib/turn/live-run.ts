import "server-only"
import type { Answer } from "../db/runs"
import type { Message, Part } from "../message"
import { applyChunk, type Chunk, type WholePart } from "../parts"
import { processWide } from "../process-wide"
import { splitOpenSurrogate, toStorable } from "../storable"

/** Why a run is told to end before the model is done. */
export type StopReason = "stopped" | "interrupted"

/**
 * An answer while this process writes it: the parts so far, and everybody who waits for more. Readers
 * keep a place in the parts, not a queue, so a slow one costs nothing and all share one copy.
 */
export class LiveRun {
  parts: readonly Part[] = []
  end: Answer | null = null
  stopReason: StopReason | null = null
  chars = 0
  #openSurrogate = ""
  #reasoningSince: number | null = null
  #waiting = new Set<() => void>()
  readonly #controller = new AbortController()

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Adds text as it will be stored, so that what is seen live and what is read later is the same. */
  append(type: "text" | "reasoning", delta: string): void {
    const [whole, open] = splitOpenSurrogate(this.#openSurrogate + delta)
    this.#openSurrogate = open
    if (type === "reasoning") this.#reasoningSince ??= performance.now()
    else this.closeReasoning()
    this.chars += whole.length
    this.#apply({ type: `${type}-delta`, id: "", delta: toStorable(whole) })
  }

  /** Adds what comes whole: a file, a structured result. */
  add(part: WholePart): void {
    this.closeReasoning()
    this.#apply({ type: "data-part", data: toStorable(part) })
  }

  /** Notes how long the model thought, once it speaks or ends. */
  closeReasoning(): void {
    if (this.#reasoningSince === null) return
    const durationMs = Math.round(performance.now() - this.#reasoningSince)
    this.#reasoningSince = null
    this.#apply({
      type: "reasoning-end",
      id: "",
      providerMetadata: { polylogue: { durationMs } },
    })
  }

  stop(reason: StopReason): void {
    this.stopReason ??= reason
    this.#controller.abort()
  }

  finish(answer: Answer): void {
    this.end = answer
    this.#wake()
  }

  /** Settles at the next change, or when `signal` says that nobody waits any more. */
  changed(signal: AbortSignal): Promise<void> {
    if (this.end || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal.removeEventListener("abort", wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener("abort", wake)
    })
  }

  #apply(chunk: Chunk): void {
    this.parts = applyChunk(this.parts, chunk)
    this.#wake()
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

/** The runs of this process by the id of their answer. */
export const liveRuns = processWide("runs", () => new Map<string, LiveRun>())

/** Messages with what this process knows better than the database: the words since the last checkpoint. */
export function withLiveParts(messages: Message[]): Message[] {
  return messages.map((message) => {
    const run = liveRuns.get(message.id)
    return run ? { ...message, ...run.end, parts: [...run.parts] } : message
  })
}
