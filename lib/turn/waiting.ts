import "server-only"

/** Those who wait for the next change of something. */
export class Waiting {
  readonly #waiting = new Set<() => void>()

  /** Settles at the next `wake`, or when `signal` is aborted. */
  wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done)
        signal.removeEventListener("abort", done)
        resolve()
      }
      this.#waiting.add(done)
      signal.addEventListener("abort", done)
    })
  }

  wake(): void {
    for (const done of [...this.#waiting]) done()
  }
}
