import { AppError } from "@/lib/base/errors"
import { upload } from "../api"
import { type Recorder, record } from "./recorder"
import { toWav } from "./to-wav"

export type DictationState =
  | { phase: "asking" | "writing" | "failed" | "over" }
  | { phase: "recording"; recorder: Recorder }

type Wiring = {
  onText: (text: string) => void
  onFile: (file: File) => void
  /** With what went wrong, in words; null when that is past. */
  onProblem: (words: string | null) => void
}

/** What is said into the microphone on its way into the message, as words or as it was said. */
export class Dictation {
  state: DictationState = { phase: "asking" }
  /** What the last one cost, where that was told. */
  costUsd: number | null = null
  #watchers = new Set<() => void>()
  #leaving = new AbortController()
  #recording: Blob | null = null
  readonly #wiring: Wiring

  constructor(wiring: Wiring) {
    this.#wiring = wiring
    void this.#begin()
  }

  watch = (callback: () => void): (() => void) => {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  async #begin(): Promise<void> {
    try {
      const recorder = await record(() => void this.finish())
      if (this.state.phase === "over") return recorder.cancel() // left while one was asked
      this.#set({ phase: "recording", recorder })
    } catch (error) {
      this.#wiring.onProblem(wordsOf(error))
      this.#set({ phase: "over" })
    }
  }

  /** Ends the recording, if there is one, and has it written down. */
  async finish(): Promise<void> {
    if (this.state.phase !== "recording") return
    const { recorder } = this.state
    this.#set({ phase: "writing" })
    this.#recording = await recorder.finish()
    await this.write()
  }

  /** Has the recording written down, for the first time or again. */
  async write(): Promise<void> {
    if (!this.#recording) return
    this.#wiring.onProblem(null)
    this.#set({ phase: "writing" })
    const file = new File([this.#recording], "dictation", { type: this.#recording.type })
    try {
      const { text, costUsd } = await upload<{ text: string; costUsd: number | null }>(
        "/api/transcriptions",
        file,
        { onProgress: () => undefined, signal: this.#leaving.signal },
      )
      if (this.#leaving.signal.aborted) return
      this.costUsd = costUsd
      if (text === "") this.#wiring.onProblem("No words were heard in the recording.")
      else this.#wiring.onText(text)
      this.#set({ phase: "over" })
    } catch (error) {
      if (this.#leaving.signal.aborted) return
      this.#wiring.onProblem(`${wordsOf(error)} Your recording is kept here.`)
      this.#set({ phase: "failed" })
    }
  }

  /** Ends the recording and attaches it as it is. */
  async attach(): Promise<void> {
    if (this.state.phase !== "recording") return
    const { recorder } = this.state
    this.#set({ phase: "over" })
    try {
      this.#wiring.onFile(await toWav(await recorder.finish(), "recording.wav"))
    } catch {
      this.#wiring.onProblem("This browser could not read its own recording. Try again.")
    }
  }

  cancel(): void {
    if (this.state.phase === "recording") this.state.recorder.cancel()
    if (this.state.phase === "failed") this.#wiring.onProblem(null)
    this.#leaving.abort()
    this.#recording = null
    this.#set({ phase: "over" })
  }

  #set(state: DictationState): void {
    this.state = state
    for (const callback of this.#watchers) callback()
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError || error instanceof Error) return error.message
  return "That did not work."
}
