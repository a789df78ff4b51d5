import type { Part } from "@/lib/message/message"
import { applyChunk } from "@/lib/message/parts"
import type { ConversationStore } from "./conversation-store"
import { onceAFrame } from "./frame"
import { readStream } from "./read-stream"

/** Reads the stream of one answer into the store, a change a frame; `from` are the parts it goes on from. */
export async function readAnswer(
  response: Response,
  {
    id,
    from,
    store,
    signal,
  }: { id: string; from: readonly Part[]; store: ConversationStore; signal: AbortSignal },
): Promise<void> {
  let parts = from
  const frame = onceAFrame(() => store.grow(id, parts))
  for await (const chunk of readStream(response, signal)) {
    if (signal.aborted) return
    if (chunk.type === "finish") {
      frame.flush()
      store.thaw(id)
      store.update(id, chunk.messageMetadata ?? {})
      return
    }
    const before = parts
    parts = applyChunk(parts, chunk)
    // An empty new part shows nothing; the words before a break must not vanish for it.
    if (parts !== before && !chunk.type.endsWith("-start")) frame.request()
  }
  frame.flush()
}
