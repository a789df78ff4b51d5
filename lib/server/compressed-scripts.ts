import "server-only"
import { readdirSync } from "node:fs"
import { readFile } from "node:fs/promises"
import type { IncomingMessage, ServerResponse } from "node:http"
import { join } from "node:path"
import { allHeaders } from "../base/response-headers"
import { errorFields, log } from "./log"

const prefix = "/_next/static/"
const suffix = ".br"
const types: Record<string, string> = {
  js: "application/javascript; charset=UTF-8",
  css: "text/css; charset=UTF-8",
}

/** Paths with a compressed copy from the build, and the bytes of those requested so far. */
let copies: Map<string, Promise<Buffer> | null> | undefined

/**
 * Serves the copy of a script or style sheet that the build compressed at the highest level
 * (scripts/standalone.mjs). The framework would compress it per request, and less well. Returns false for anything
 * else.
 */
export function giveCompressed(request: IncomingMessage, response: ServerResponse): boolean {
  const { url = "", method, headers } = request
  if (!url.startsWith(prefix) || method !== "GET") return false
  if (!/\bbr\b/.test(String(headers["accept-encoding"]))) return false
  const name = url.slice(prefix.length)
  const type = types[name.slice(name.lastIndexOf(".") + 1)]
  copies ??= listCopies()
  if (!type || !copies.has(name)) return false
  const reading = copies.get(name) ?? readFile(join(folder(), name + suffix))
  copies.set(name, reading)
  reading.then(
    (bytes) => {
      response.writeHead(200, {
        ...Object.fromEntries(allHeaders.map(({ key, value }) => [key, value])),
        "content-type": type,
        "content-encoding": "br",
        "content-length": bytes.length,
        // The file name contains a content hash.
        "cache-control": "public, max-age=31536000, immutable",
        vary: "accept-encoding",
      })
      response.end(bytes)
    },
    (error) => {
      log("error", "script-unreadable", errorFields(error))
      copies?.set(name, null)
      response.writeHead(500).end()
    },
  )
  return true
}

const folder = () => join(/* turbopackIgnore: true */ process.cwd(), ".next", "static")

// Only listed files are ever read, whatever the URL contains.
function listCopies(): Map<string, null> {
  const names = readdirSync(folder(), { recursive: true, encoding: "utf8" })
  return new Map(
    names
      .filter((name) => name.endsWith(suffix))
      .map((name) => [name.slice(0, -suffix.length), null]),
  )
}
