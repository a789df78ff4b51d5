import { AppError } from "@/lib/base/errors"
import { request } from "../api"

export type Reading = {
  state: "loading" | "playing" | "paused" | "ended"
  error: string | null
  /** What it has cost so far, as far as that was told. */
  costUsd: number | null
}

const start: Reading = { state: "loading", error: null, costUsd: null }

/** The one that reads now: two voices at a time are none. */
let current: Reader | null = null

/** Reads one text, sentence by sentence; while one is heard the next is fetched, and no more. */
export class Reader {
  reading = start
  #watchers = new Set<() => void>()
  #leaving = new AbortController()
  /** A sentence is in the player, whether it sounds or rests. */
  #isLoaded = false
  readonly #audio: HTMLAudioElement

  /** `audio` is one that the person's click has touched: browsers let no other speak. */
  constructor(audio: HTMLAudioElement, speed: number) {
    this.#audio = audio
    this.setSpeed(speed)
  }

  watch = (callback: () => void): (() => void) => {
    this.#watchers.add(callback)
    return () => this.#watchers.delete(callback)
  }

  async read(sentences: readonly string[]): Promise<void> {
    current?.stop()
    current = this
    try {
      if (sentences.length === 0) throw new AppError("invalid", { message: nothing })
      let coming = this.#fetch(sentences[0])
      for (let index = 0; index < sentences.length; index++) {
        const sound = await coming
        coming = this.#fetch(sentences[index + 1])
        coming.catch(() => undefined) // told when its turn comes
        await this.#play(sound)
      }
      this.stop()
    } catch (error) {
      if (this.#leaving.signal.aborted) return
      const words = error instanceof AppError ? error.message : "This browser could not play it."
      this.#set({ error: words })
      this.stop()
    }
  }

  pause(): void {
    this.#audio.pause()
    this.#set({ state: "paused" })
  }

  resume(): void {
    this.#set({ state: this.#isLoaded ? "playing" : "loading" })
    // What is still on its way plays when it is there.
    if (this.#isLoaded) void this.#audio.play().catch(() => undefined)
  }

  setSpeed(speed: number): void {
    this.#audio.playbackRate = speed
    this.#audio.defaultPlaybackRate = speed // what a new sound begins with
  }

  stop(): void {
    if (current === this) current = null
    this.#leaving.abort()
    this.#audio.pause()
    this.#set({ state: "ended" })
  }

  async #fetch(text: string | undefined): Promise<Blob | null> {
    if (text === undefined) return null
    const { signal } = this.#leaving
    const response = await request("/api/speech", { method: "POST", body: { text }, signal })
    const cost = response.headers.get("x-cost-usd")
    if (cost !== null) this.#set({ costUsd: (this.reading.costUsd ?? 0) + Number(cost) })
    return await response.blob()
  }

  async #play(sound: Blob | null): Promise<void> {
    if (!sound) return
    const audio = this.#audio
    const { signal } = this.#leaving
    const url = URL.createObjectURL(sound)
    try {
      await new Promise<void>((resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason))
        audio.onended = () => resolve()
        audio.onerror = () => reject(audio.error)
        signal.throwIfAborted()
        audio.src = url
        this.#isLoaded = true
        if (this.reading.state === "paused") return
        this.#set({ state: "playing" })
        // A pause while it loads is no failure.
        audio.play().catch((error) => this.reading.state === "playing" && reject(error))
      })
    } finally {
      this.#isLoaded = false
      URL.revokeObjectURL(url)
    }
  }

  #set(change: Partial<Reading>): void {
    this.reading = { ...this.reading, ...change }
    for (const callback of this.#watchers) callback()
  }
}

const nothing = "There is nothing here that can be read aloud."
