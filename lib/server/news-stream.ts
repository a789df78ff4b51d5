import "server-only"
import type { News } from "../base/news"
import type { User } from "../db/users"
import { isListening, subscribe, subscribeToState } from "./subscribe"

/** Interval of keep-alive comments and session checks. */
const beatMs = 15_000
/** Poll interval of the tabs while events between processes are unavailable. */
const lookMs = 5_000

/** The server-sent events for one person, until they disconnect or sign out. */
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
        // A stalled reader is disconnected to save memory; it reconnects and reloads.
        if ((controller.desiredSize ?? 0) < -256_000) return end()
        write(`data: ${JSON.stringify(news)}\n\n`)
      }
      const unsubscribe = [
        subscribe("user", user.id, (wire) => wire.about === "user" && tell(wire.news)),
        subscribeToState(() => tell({ type: "missed" })),
      ]
      const beat = setInterval(async () => {
        // A database outage says nothing about the session.
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
          // The reader disconnected, so the stream is closed already.
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
