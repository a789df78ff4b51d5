import type { ServerResponse } from "node:http"
import { now } from "../clock"
import type { Script } from "../prompt"
import { chunksOf } from "../words"
import type { LogEntry } from "./log"

const event = (choices: object[], more = {}) =>
  `data: ${JSON.stringify({ id: "chatcmpl-bench", object: "chat.completion.chunk", created: 1_700_000_000, model: "bench/chat", choices, ...more })}\n\n`

const tail = (tokens: number) =>
  event([{ index: 0, delta: {}, finish_reason: "stop" }]) +
  event([], {
    usage: { prompt_tokens: 20, completion_tokens: tokens, total_tokens: tokens + 20 },
  }) +
  "data: [DONE]\n\n"

/**
 * Writes a script's answer at its pace and records the time of each chunk. Chunks due at the same time are written
 * together.
 */
export function writeAnswer(response: ServerResponse, script: Script, entry: LogEntry): void {
  const chunks = chunksOf(script).map((content) =>
    event([{ index: 0, delta: { role: "assistant", content }, finish_reason: null }]),
  )
  const everyMs = script.rate === 0 ? 0 : (script.chunk / script.rate) * 1_000
  const begunAt = now()
  let next = 0
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" })

  function writeDue(): void {
    if (response.destroyed) return
    const at = now()
    // Without a pace, a few at a time with backpressure.
    const due = everyMs === 0 ? next + 50 : Math.floor((at - begunAt) / everyMs) + 1
    const until = Math.min(chunks.length, due)
    for (let index = next; index < until; index++) entry.written.push(at)
    const hasRoom = until === next || response.write(chunks.slice(next, until).join(""))
    next = until
    if (next === chunks.length) {
      entry.ended = now()
      response.end(tail(script.tokens))
    } else if (!hasRoom) response.once("drain", writeDue)
    else if (everyMs === 0) setImmediate(writeDue)
    else setTimeout(writeDue, Math.max(1, begunAt + next * everyMs - at))
  }
  writeDue()
}
