import { createParser, type ParseError } from "eventsource-parser"
import { AppError } from "../../base/errors"

/** Characters of one event of a stream; a longer one is an attack or a defect. */
const maxEventChars = 2_000_000

/**
 * Reads the data of server-sent events, as many at a time as one piece of the body holds. A last event without
 * its blank line counts. Throws `model_flooded`.
 */
export function createEventReader(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let ready: string[] = []
  let flooded: ParseError | null = null
  let isOver = false
  const parser = createParser({
    maxBufferSize: maxEventChars,
    onEvent: ({ data }) => ready.push(data),
    onError(error) {
      if (error.type === "max-buffer-size-exceeded") flooded = error
    },
  })
  return {
    /** The body has ended; the last data may be half of an event. */
    get isOver() {
      return isOver
    },
    /** The data of the events that came since last time, perhaps none; null at the end. */
    async next(): Promise<string[] | null> {
      const { value, done } = await reader.read()
      isOver = done
      parser.feed(done ? `${decoder.decode()}\n\n` : decoder.decode(value, { stream: true }))
      if (flooded) throw new AppError("model_flooded")
      const data = ready
      ready = []
      return done && data.length === 0 ? null : data
    },
    cancel: (reason?: unknown) => reader.cancel(reason),
  }
}
