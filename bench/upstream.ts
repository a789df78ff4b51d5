// The scripted upstream, in its own process: gives the answer that the question requests at the requested pace, and
// records wall clock times.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { now } from "./clock"
import { serve } from "./helper-process"
import { findScript } from "./prompt"
import { writeAnswer } from "./upstream/answer"
import { chatDocument, listModels } from "./upstream/catalogue"
import type { Log } from "./upstream/log"

let log: Log = {}

const server = createServer((request, response) => {
  const baseUrl = `http://${request.headers.host}`
  const { pathname, searchParams } = new URL(request.url ?? "/", baseUrl)
  if (pathname === "/v1/models") return sendJson(response, listModels(baseUrl))
  if (pathname === "/docs-json" && !searchParams.get("model")?.endsWith("image")) {
    return sendJson(response, chatDocument(baseUrl))
  }
  if (pathname === "/log") {
    sendJson(response, log)
    log = {}
    return
  }
  if (pathname === "/v1/chat/completions") return void answer(request, response)
  response.writeHead(404).end()
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ""
  for await (const bytes of request) body += bytes
  const arrived = now()
  const script = findScript(body)
  if (!script) return void response.writeHead(400).end()
  const known = log[script.id]
  const entry = { arrived, written: [], ended: null, requests: 1 }
  if (known) known.requests += 1
  else log[script.id] = entry
  // A side request gets a short answer and is not recorded.
  writeAnswer(
    response,
    known ? { ...script, tokens: script.chunk } : script,
    known ? { ...entry } : entry,
  )
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value))
}

serve(server)
