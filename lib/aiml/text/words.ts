/** What is said, as it comes. */
export type Word = { type: "text" | "reasoning"; delta: string }

/**
 * Where the words of an answer go around the SDK, whose machinery costs by the chunk. A protocol that can
 * tell them apart brings them here; the SDK gets them joined, for its own books, and what it says of them
 * is not listened to.
 */
export type Words = {
  /** A stream begins: the next step of an answer. From now on the SDK's words count no more. */
  begin(): void
  say(word: Word): void
  /** How many streams have begun. */
  readonly steps: number
  /** Calls back with each word. */
  listen(callback: (word: Word) => void): void
}

export function createWords(): Words {
  let steps = 0
  let tell: (word: Word) => void = () => undefined
  return {
    begin() {
      steps += 1
    },
    say: (word) => tell(word),
    get steps() {
      return steps
    },
    listen(callback) {
      tell = callback
    },
  }
}
