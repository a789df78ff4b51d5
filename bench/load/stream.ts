import { Agent, type IncomingMessage, request } from "node:http"
import { now } from "../clock"
import type { Order } from "./job"

/** What a client observed of one answer. */
export type Seen = {
  order: Order
  sent: number
  /** When each chunk was read, by chunk number. */
  times: number[]
  closed: number
  error: string | null
}

// Each client uses a connection of its own.
const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })
const timeoutMs = 180_000
/** Digits of a chunk's number and the characters around them. */
const markChars = 10

/**
 * Sends a question and reads the answer to the end with minimal overhead: it only searches for chunk numbers and
 * parses nothing.
 */
export function readAnswer(order: Order): Promise<Seen> {
  return new Promise((resolve) => {
    const seen: Seen = { order, sent: 0, times: [], closed: 0, error: null }
    const finish = (error: string | null) => {
      if (seen.closed > 0) return
      seen.closed = now()
      seen.error = error ?? (seen.times.length < order.chunks ? "not whole" : null)
      resolve(seen)
    }
    const asking = ask(order, (response) => {
      if (response.statusCode !== 200) finish(`status ${response.statusCode}`)
      readNumbers(response, seen.times)
      response.on("end", () => finish(null))
      response.on("error", (error) => finish(String(error)))
    })
    asking.setTimeout(timeoutMs, () => asking.destroy(new Error("silent")))
    asking.on("error", (error) => finish(String(error)))
    seen.sent = now()
  })
}

function readNumbers(response: IncomingMessage, times: number[]): void {
  let rest = ""
  response.setEncoding("latin1").on("data", (text: string) => {
    const at = now()
    const all = rest + text
    for (const [, digits] of all.matchAll(/w(\d+) /g)) {
      // Only new chunks count: an app may repeat the whole answer at the end.
      if (Number(digits) === times.length) times.push(at)
    }
    rest = all.slice(-markChars)
  })
}

/** Sends a question and stops reading after the first bytes; returns a function that disconnects. */
export function stall(order: Order): () => void {
  const asking = ask(order, (response) => response.once("data", () => response.pause()))
  asking.on("error", () => undefined) // the server may disconnect a stalled client
  return () => asking.destroy()
}

function ask({ url, headers, body }: Order, onResponse: (response: IncomingMessage) => void) {
  const asking = request(url, { method: "POST", headers, agent }, onResponse)
  asking.end(body)
  return asking
}
