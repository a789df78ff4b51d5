import "server-only"
import { subscribe } from "node:diagnostics_channel"
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from "node:http"
import { pipeline } from "node:stream/promises"
import { processWide } from "../base/process-wide"
import { apiHeaders } from "../base/response-headers"
import type { Incoming, RequestHeaders } from "./body"
import { giveCompressed } from "./compressed-scripts"
import { errorFields, log } from "./log"

type Handler = (
  request: Incoming,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>
type FastPath = { method: string; path: RegExp; handler: Handler }

const ways = processWide("short-ways", () => new Map<string, FastPath>())

/**
 * Lets requests to an address of ours reach its handler without the framework's routing, which costs a busy
 * address more than its own work. `path` is written as the folders are (`/api/things/[id]`). The handler may
 * use nothing of the framework's that belongs to a request.
 */
export function addFastPath(method: string, path: string, handler: Handler): void {
  const pattern = path.replace(/\[(\w+)\]/g, "(?<$1>[\\w-]+)")
  ways.set(`${method} ${path}`, { method, path: new RegExp(`^${pattern}$`), handler })
}

/** Has the servers of this process look for a short way first. */
export function openFastPaths(): void {
  const known = new WeakSet<Server>()
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server } // the channel's documented shape
    if (known.has(server)) return
    known.add(server)
    // Before its first request there is no way to a server that the framework has made.
    const listeners = server.listeners("request")
    server.removeAllListeners("request")
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      if (giveCompressed(request, response) || takeFastPath(request, response)) return
      for (const listener of listeners) listener.call(server, request, response)
    })
  })
}

function takeFastPath(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url ?? ""
  for (const way of ways.values()) {
    if (way.method !== request.method) continue
    const match = way.path.exec(path)
    if (!match) continue
    void answer(way.handler, request, response, { ...match.groups })
    return true
  }
  return false
}

async function answer(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  params: Record<string, string>,
): Promise<void> {
  const leaving = new AbortController()
  response.on("close", () => leaving.abort("the reader has left"))
  try {
    const incoming = {
      method: request.method ?? "",
      url: `http://localhost${request.url}`,
      headers: readable(request.headers),
      // Whoever has read enough may still be answered.
      body: request.iterator({ destroyOnReturn: false }),
      signal: leaving.signal,
    }
    const { status, headers, body } = await handler(incoming, { params: Promise.resolve(params) })
    response.writeHead(status, [...apiHeaders, ...headers].flat())
    if (body) await pipeline(body, response)
    else response.end()
  } catch (error) {
    if (!leaving.signal.aborted) log("warn", "response-failed", errorFields(error))
    response.destroy()
  }
}

function readable(headers: IncomingHttpHeaders): RequestHeaders {
  const get = (name: string) => headers[name.toLowerCase()]?.toString() ?? null
  return { get, has: (name) => get(name) !== null }
}
