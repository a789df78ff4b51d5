import { createLineReader } from "../text/lines"
import type { Words } from "../text/words"
import { type Chunk, createChunkReader } from "./read-chunk"

/**
 * A stream of chat for the SDK in which all that is said in a row is one chunk, while each word goes to
 * `words` as it comes. Whatever is more than words passes as it is.
 */
export function bypass(body: ReadableStream<Uint8Array>, words: Words): ReadableStream<Uint8Array> {
  const lines = createLineReader(body)
  const encoder = new TextEncoder()
  const chunks = createChunkReader()
  const joined = createJoined()
  let isFirst = true
  words.begin()
  return new ReadableStream<Uint8Array>({
    // Until there is something for the SDK: words alone are not.
    async pull(controller) {
      const send = (line: string) => controller.enqueue(encoder.encode(`${line}\n\n`))
      for (;;) {
        const batch = await lines.next()
        if (batch === null) {
          const rest = joined.take()
          if (rest !== null) send(rest)
          return controller.close()
        }
        let hasSent = false
        for (const line of batch) {
          const isEnd = line === "data: [DONE]"
          if (isEnd) chunks.end()
          const chunk = line.startsWith("data:") && !isEnd ? chunks.read(line.slice(5)) : null
          if (chunk === null && (line === "" || line.startsWith(":"))) continue
          for (const word of chunk?.said ?? []) if (word.delta !== "") words.say(word)
          // The first one brings the ids.
          if (chunk?.isPlain && !isFirst && joined.add(chunk)) continue
          const before = joined.take()
          if (before !== null) send(before)
          if (chunk?.isPlain && !isFirst) joined.add(chunk)
          else send(chunk && !chunk.isAsItCame ? `data: ${JSON.stringify(chunk.value)}` : line)
          isFirst = false
          hasSent = true
        }
        if (hasSent) return
      }
    },
    cancel: (reason) => lines.cancel(reason),
  })
}

/** Chunks of one kind in a row, as one. */
function createJoined() {
  let template: Record<string, unknown> | null = null
  let type: "text" | "reasoning" = "text"
  let pieces: string[] = []
  return {
    /** False when it does not belong to what is there. */
    add({ value, said: [word] }: Chunk): boolean {
      if (!word || (template && word.type !== type)) return false
      template ??= value
      type = word.type
      pieces.push(word.delta)
      return true
    },
    /** All of it as a line of a stream; null for nothing. */
    take(): string | null {
      if (!template) return null
      const content = pieces.join("")
      const delta = type === "text" ? { content } : { reasoning_content: content }
      const line = `data: ${JSON.stringify({ ...template, choices: [{ index: 0, delta }] })}`
      template = null
      pieces = []
      return line
    },
  }
}
