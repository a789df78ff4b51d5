import type { Chunk } from "@/lib/message/parts"
import { readEvents } from "../read-events"

/** The events of a UI message stream, as our server words them. Throws when it breaks. */
export async function* readStream(response: Response, signal: AbortSignal): AsyncGenerator<Chunk> {
  // Our own server's words: their shape is its promise.
  for await (const event of readEvents(response, signal)) yield event as Chunk
}
