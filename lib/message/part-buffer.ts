import type { Part } from "./message"
import { fold, type LogWord } from "./part-log"

/** Parts as needed by a reader with a cursor. */
export type PartList = {
  readonly length: number
  /** The part at an index; a text part that is still growing may come without its text. */
  at(index: number): Part | undefined
  /** The text of a part from an offset in UTF-16 units. */
  textFrom(index: number, chars: number): string
}

/** A view of parts that do not change. */
export function listOf(parts: readonly Part[]): PartList {
  return {
    length: parts.length,
    at: (index) => parts[index],
    textFrom(index, chars) {
      const part = parts[index]
      return part && "text" in part ? part.text.slice(chars) : ""
    },
  }
}

/**
 * Parts built from a growing log. The last text is kept as chunks: joining it for each of thousands of deltas and
 * every reader would cost its whole length each time.
 */
export class PartBuffer implements PartList {
  #closed: readonly Part[]
  #pieces: string[] = []
  #starts: number[] = []
  #chars = 0
  #openType: "text" | "reasoning" | null = null

  constructor(parts: readonly Part[]) {
    this.#closed = parts
  }

  get length(): number {
    return this.#closed.length + (this.#openType ? 1 : 0)
  }

  add(word: LogWord): void {
    const type = word[0] === "t" ? "text" : word[0] === "r" ? "reasoning" : null
    if (type === null || type !== this.#openType) {
      this.#closed = this.all()
      this.#openType = null
      // Reasoning that continues after its end was logged is rare; use the generic fold.
      if (type === null || (type === "reasoning" && this.#closed.at(-1)?.type === type)) {
        this.#closed = fold(this.#closed, [word])
        return
      }
      this.#open(type)
    }
    this.#push(String(word[1]))
  }

  /** Continues the last text, or starts a new one. */
  #open(type: "text" | "reasoning"): void {
    const last = this.#closed.at(-1)
    this.#openType = type
    this.#pieces = []
    this.#starts = []
    this.#chars = 0
    if (last?.type !== "text" || type !== "text") return
    this.#closed = this.#closed.slice(0, -1)
    this.#push(last.text)
  }

  at(index: number): Part | undefined {
    if (index < this.#closed.length) return this.#closed[index]
    return this.#openType && index === this.#closed.length
      ? { type: this.#openType, text: "" }
      : undefined
  }

  textFrom(index: number, chars: number): string {
    if (index < this.#closed.length || !this.#openType) {
      return listOf(this.#closed).textFrom(index, chars)
    }
    if (chars >= this.#chars) return ""
    let from = this.#pieces.length - 1
    while (from > 0 && (this.#starts[from] ?? 0) > chars) from--
    const text = this.#pieces.slice(from).join("")
    return text.slice(chars - (this.#starts[from] ?? 0))
  }

  /** All parts with their texts joined. */
  all(): readonly Part[] {
    if (!this.#openType) return this.#closed
    return [...this.#closed, { type: this.#openType, text: this.#pieces.join("") }]
  }

  #push(text: string): void {
    if (text === "") return
    this.#pieces.push(text)
    this.#starts.push(this.#chars)
    this.#chars += text.length
  }
}
