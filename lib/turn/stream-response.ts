import "server-only"
import { UI_MESSAGE_STREAM_HEADERS } from "ai"
import type { Chunk } from "../parts"
import { errorFields, log } from "../server/log"

/** Events as the AI SDK's UI message stream: one JSON line each, pulled as fast as the reader reads. */
export function streamResponse(chunks: AsyncGenerator<Chunk>): Response {
  const encoder = new TextEncoder()
  let hasLeft = false
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await chunks.next()
        if (hasLeft) return
        if (!done) return controller.enqueue(encoder.encode(`data: ${JSON.stringify(value)}\n\n`))
        controller.enqueue(encoder.encode("data: [DONE]\n\n"))
        controller.close()
      } catch (error) {
        // The answer itself goes on; the reader comes back for it.
        log("warn", "follow-failed", errorFields(error))
        controller.error(error)
      }
    },
    cancel() {
      hasLeft = true
      void chunks.return(undefined)
    },
  })
  const headers = { ...UI_MESSAGE_STREAM_HEADERS, "cache-control": "private, no-store" }
  return new Response(stream, { headers })
}
