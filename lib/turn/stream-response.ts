import "server-only"
import { UI_MESSAGE_STREAM_HEADERS } from "ai"
import type { Chunk } from "../message/parts"
import { errorFields, log } from "../server/log"
import type { Heaps } from "./follow"

/** A reader that takes nothing for so long is gone without having said so; it may come back. */
const stallMs = 2 * 60_000

/** Heaps of events as the AI SDK's UI message stream, pulled as fast as the reader reads. */
export function streamResponse(heaps: Heaps, limits = { stallMs }): Response {
  const encoder = new TextEncoder()
  let hasLeft = false
  let stalled: NodeJS.Timeout | undefined
  const leave = () => {
    hasLeft = true
    clearTimeout(stalled)
    // The answer itself goes on; only what waits for this reader ends.
    void heaps.return([])
  }
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stalled)
      try {
        const { value, done } = await heaps.next()
        if (hasLeft) return
        controller.enqueue(encoder.encode(inLines(value) + (done ? "data: [DONE]\n\n" : "")))
        if (done) return controller.close()
        stalled = setTimeout(() => {
          leave()
          controller.error(new Error("the reader does not read"))
        }, limits.stallMs)
      } catch (error) {
        log("warn", "follow-failed", errorFields(error))
        controller.error(error)
      }
    },
    cancel: leave,
  })
  const headers = { ...UI_MESSAGE_STREAM_HEADERS, "cache-control": "private, no-store" }
  return new Response(stream, { headers })
}

/** One JSON line an event. */
function inLines(heap: readonly Chunk[]): string {
  let text = ""
  for (const chunk of heap) text += `data: ${JSON.stringify(chunk)}\n\n`
  return text
}
