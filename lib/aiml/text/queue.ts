/** What is pushed comes out in order, to one reader, until it is closed. */
export type Queue<T> = {
  push(item: T): void
  /** After this nothing is taken any more; with an error the reader is told so at the end. */
  close(error?: unknown): void
  events(): AsyncGenerator<T>
}

export function createQueue<T>(): Queue<T> {
  let items: T[] = []
  let end: { error: unknown } | null = null
  let wake: () => void = () => undefined
  return {
    push(item) {
      if (end) return
      items.push(item)
      wake()
    },
    close(error) {
      end ??= { error }
      wake()
    },
    async *events() {
      for (;;) {
        const ready = items
        items = []
        yield* ready
        if (items.length > 0) continue
        if (end) {
          if (end.error !== undefined) throw end.error
          return
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}
