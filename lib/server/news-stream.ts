import "server-only"
import type { News } from "../base/news"
import type { User } from "../db/users"
import { isListening, subscribe, subscribeToState } from "./subscribe"

/** How often a comment shows that the line holds, and the session is asked for anew. */
const beatMs = 15_000
/** While processes do not hear each other, tabs look this often. */
const lookMs = 5_000

/** The news of one person for as long as they read and are signed in. */
export function newsStream({
  user,
  signal,
  isSignedIn,
}: {
  user: User
  signal: AbortSignal
  isSignedIn: () => Promise<boolean>
}): Response {
  const encoder = new TextEncoder()
  let end: () => void = () => undefined
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const tell = (news: News) => {
        // A reader that does not read is not worth memory: it comes back and looks.
        if ((controller.desiredSize ?? 0) < -256_000) return end()
        write(`data: ${JSON.stringify(news)}\n\n`)
      }
      const unsubscribe = [
        subscribe("user", user.id, (wire) => wire.about === "user" && tell(wire.news)),
        subscribeToState(() => tell({ type: "missed" })),
      ]
      const beat = setInterval(async () => {
        // A database that is away says nothing about the reader.
        if (await isSignedIn().catch(() => true)) write(": here\n\n")
        else end()
      }, beatMs)
      const look = setInterval(() => !isListening() && tell({ type: "missed" }), lookMs)
      let isOver = false
      end = () => {
        if (isOver) return
        isOver = true
        clearInterval(beat)
        clearInterval(look)
        for (const stop of unsubscribe) stop()
        signal.removeEventListener("abort", end)
        try {
          controller.close()
        } catch {
          // The reader left: it is closed already.
        }
      }
      signal.addEventListener("abort", end)
      write(": here\n\n")
    },
    cancel: () => end(),
  })
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "private, no-store",
      "x-accel-buffering": "no",
    },
  })
}
