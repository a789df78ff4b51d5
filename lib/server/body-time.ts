import "server-only"
import { subscribe } from "node:diagnostics_channel"
import type { IncomingMessage, Server } from "node:http"

/** 100 MB within it is 230 kbit/s; the runtime's own five minutes break off every upload slower than 2.7 Mbit/s. */
const bodyMs = 60 * 60_000
/** A sender that goes silent for so long is gone without having said so. */
const silenceMs = 2 * 60_000

/** Gives bodies the time that they need while they come, and takes the connection from senders that stop. */
export function boundBodies(limits = { bodyMs, silenceMs }): void {
  subscribe("http.server.request.start", (message) => {
    // The shape documented for the channel.
    const { request, server } = message as { request: IncomingMessage; server: Server }
    server.requestTimeout = limits.bodyMs
    const { "content-length": length, "transfer-encoding": encoding } = request.headers
    if (encoding !== undefined || Number(length) > 0) watch(request, limits.silenceMs)
  })
}

function watch(request: IncomingMessage, silenceMs: number): void {
  const { socket } = request
  let seenBytes = socket.bytesRead
  const timer = setInterval(() => {
    if (request.complete) clearInterval(timer)
    else if (socket.bytesRead === seenBytes) socket.destroy()
    seenBytes = socket.bytesRead
  }, silenceMs)
  timer.unref()
  request.once("close", () => clearInterval(timer))
}
