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
 * Routes requests for an address directly to its handler, bypassing the framework's routing, which costs a busy
 * address more than its own work. `path` is written like the route's folder (`/api/things/[id]`). The handler must
 * not use the framework's request APIs (`headers()`, `after()` …).
 */
export function addFastPath(method: string, path: string, handler: Handler): void {
  const pattern = path.replace(/\[(\w+)\]/g, "(?<$1>[\\w-]+)")
  ways.set(`${method} ${path}`, { method, path: new RegExp(`^${pattern}$`), handler })
}

/** Has the servers of this process look for a short way first. */
export function openFastPaths(): void {
  const known = new WeakSet<Server>()
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server } // the shape documented for the channel
    if (known.has(server)) return
    known.add(server)
    // The framework's server is reachable only at its first request.
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
      // A handler that stops reading the body may still be writing the response.
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
