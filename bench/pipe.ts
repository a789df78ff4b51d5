// The bare pipe: the minimum cost of a server between upstream and client. No authentication, no parsing, no
// storage.
import { createServer, request as send } from "node:http"
import { serve } from "./helper-process"
import { pipePage } from "./page/pipe-page"

const upstream = process.argv[2] ?? ""

const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(pipePage)
    return
  }
  const headers = { "content-type": "application/json" }
  const onward = send(`${upstream}/v1/chat/completions`, { method: "POST", headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    response.on("close", () => answer.destroy())
  })
  onward.on("error", () => response.destroy())
  request.pipe(onward)
})

serve(server)
