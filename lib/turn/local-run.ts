import "server-only"
import { splitOpenSurrogate, toStorable } from "../base/postgres-text"
import { processWide } from "../base/process-wide"
import type { Answer } from "../db/answer-states"
import type { RunEvent } from "../db/runs"
import { type Cursor, upTo } from "../message/cursor"
import type { Message, Part } from "../message/message"
import { listOf, PartBuffer, type PartList } from "../message/part-buffer"
import { addWord, type LogWord, toLog } from "../message/part-log"
import type { WholePart } from "../message/parts"
import { createPartIntake } from "../message/stored-parts"

/** Why a run is told to end before the model is done. */
type StopReason = "stopped" | "interrupted" | "flooded" | "unwritable"

/** An answer that grows, wherever it is written: what followers need of it. */
export type AnswerInProgress = {
  readonly list: PartList
  /** How it ended; null while it grows. */
  readonly end: Answer | null
  /** The message was deleted. */
  readonly isGone: boolean
  /** Calls back at each change and at the end, until the returned function is called. */
  watch(callback: () => void): () => void
}

/**
 * An answer while this process writes it: the parts so far, what of them the log does not hold yet, and
 * everybody who waits for more. Readers keep a place in the parts, not a queue, so a slow one costs
 * nothing and all share one copy.
 */
export class LocalRun implements AnswerInProgress {
  readonly #parts: PartBuffer
  readonly #intake = createPartIntake()
  end: Answer | null = null
  isGone = false
  stopReason: StopReason | null = null
  /** A reader in another process follows it and wants to hear soon. */
  isFollowed = false
  chars = 0
  /** What is made for it goes on without this process, and ends it. */
  outlivesProcess = false
  /** Something was made for it. */
  hasMade = false
  #openSurrogate = ""
  #reasoningSince: number | null = null
  #stopPlace: Cursor | null = null
  #unlogged: LogWord[] = []
  #unconfirmed: RunEvent | null = null
  #nextSeq = 0
  readonly #watchers = new Set<() => void>()
  readonly #controller = new AbortController()

  /** `parts` are the words that it goes on from. */
  constructor(
    readonly messageId: string,
    parts: readonly Part[] = [],
  ) {
    this.#parts = new PartBuffer(parts)
  }

  /** The parts so far, put together; how it ended once it has. */
  get parts(): readonly Part[] {
    return this.end?.parts ?? this.#parts.all()
  }

  get list(): PartList {
    return this.end ? listOf(this.end.parts) : this.#parts
  }

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
    this.#write([type === "text" ? "t" : "r", toStorable(whole)])
  }

  /** Adds what comes whole: a file, a tool's result. */
  add(part: WholePart): void {
    this.closeReasoning()
    if (part.type === "generation") {
      this.hasMade = true
      this.outlivesProcess = part.callId === undefined
    }
    for (const kept of this.#intake.take(part)) this.#write(["p", kept])
  }

  /** Notes how long the model thought, once it speaks or ends. */
  closeReasoning(): void {
    if (this.#reasoningSince === null) return
    const durationMs = Math.round(performance.now() - this.#reasoningSince)
    this.#reasoningSince = null
    this.#write(["d", durationMs])
  }

  /** Ends the run before the model is done; `place` is how far whoever stopped it had read. */
  stop(reason: StopReason, place: Cursor | null = null): void {
    this.stopReason ??= reason
    this.#stopPlace ??= place
    this.#controller.abort()
  }

  /** The parts to keep of a stopped run: those that were shown. */
  shownParts(): readonly Part[] {
    return this.#stopPlace ? upTo(this.parts, this.#stopPlace) : this.parts
  }

  finish(answer: Answer): void {
    this.end = answer
    this.#tell()
  }

  watch(callback: () => void): () => void {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  /**
   * The event to log next: the one that was not confirmed, else what came since; null for nothing, and for a
   * run whose words cannot be written.
   */
  nextEvent(): RunEvent | null {
    if (this.stopReason === "unwritable") return null
    if (!this.#unconfirmed && this.#unlogged.length > 0) {
      const words = JSON.stringify(this.#unlogged)
      this.#unconfirmed = { messageId: this.messageId, seq: this.#nextSeq++, words }
      this.#unlogged = []
    }
    return this.#unconfirmed
  }

  /** The event is in the log. */
  confirm(seq: number): void {
    if (this.#unconfirmed?.seq === seq) this.#unconfirmed = null
  }

  /** The log was lost: the next event says everything again. */
  restartLog(): void {
    this.#unlogged = [["x"], ...toLog(this.parts)]
    this.#unconfirmed = null
  }

  #write(word: LogWord): void {
    this.#parts.add(word)
    addWord(this.#unlogged, word)
    this.#tell()
  }

  #tell(): void {
    for (const callback of this.#watchers) callback()
  }
}

/** The runs of this process by the id of their answer. */
export const localRuns = processWide("runs", () => new Map<string, LocalRun>())

/** Answers whose turn is being committed by this process: their runs may be there before it hears of it. */
export const beginning = processWide("beginning", () => new Set<string>())

/** The answers that this process writes, or is about to. */
export function knownRunIds(): string[] {
  return [...localRuns.keys(), ...beginning]
}

/** Messages with what this process knows better than the database: the words since the last event. */
export function withLocalParts(messages: Message[]): Message[] {
  return messages.map((message) => {
    const run = localRuns.get(message.id)
    return run ? { ...message, ...run.end, parts: [...run.parts] } : message
  })
}
