import { once } from "node:events"
import {
  createServer,
  type Server as Http,
  type IncomingMessage,
  type RequestListener,
} from "node:http"
import { connect } from "node:net"
import { newId } from "@/lib/base/id"
import { Api } from "./api"
import { expect, test } from "./fixtures"
import { sameOrigin, signIn, signUp, site } from "./people"
import { createDatabase, query, Server } from "./server"
import { contentOf, ownPng, ownServer, uploaded } from "./uploads"

// What others can make the server fetch, and what becomes of it.

const simulatorUrl = process.env.SIMULATOR_URL ?? ""
const portOf = (server: Http) => {
  const address = server.address()
  return typeof address === "object" && address ? address.port : 0
}

async function listen(answer: RequestListener): Promise<Http> {
  const server = createServer(answer).listen(0, "127.0.0.1")
  await once(server, "listening")
  return server
}

function close(...servers: Http[]): void {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
}

/** Counts who comes; nobody should. */
async function startCanary() {
  const hits: string[] = []
  const server = await listen((request, response) => {
    hits.push(request.url ?? "")
    response.end("secret")
  })
  return { server, hits, port: portOf(server) }
}

async function readAll(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The simulator, but for pictures: a prompt that begins with an address gets that as its result. */
async function startUpstream(own: RequestListener) {
  const fetched: IncomingMessage[] = []
  const server = await listen(async (request, response) => {
    const path = request.url ?? ""
    if (path.startsWith("/own/")) {
      fetched.push(request)
      return own(request, response)
    }
    const body = await readAll(request)
    const address = /"prompt":"((?:https?|file|ftp):[^" ]+) /.exec(body.toString())?.[1]
    if (request.method === "POST" && address) {
      response.setHeader("content-type", "application/json")
      const url = address.replace("UPSTREAM", `http://${request.headers.host}`)
      return void response.end(JSON.stringify({ data: [{ url }] }))
    }
    const headers = new Headers()
    for (const name of ["authorization", "content-type", "accept"]) {
      if (request.headers[name]) headers.set(name, String(request.headers[name]))
    }
    const hasBody = request.method !== "GET" && request.method !== "HEAD"
    const answer = await fetch(simulatorUrl + path, {
      method: request.method ?? "GET",
      headers,
      ...(hasBody && { body }),
    })
    response.writeHead(answer.status, {
      "content-type": answer.headers.get("content-type") ?? "text/plain",
    })
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  return { server, fetched, url: `http://127.0.0.1:${portOf(server)}` }
}

test("results of models are fetched from the internet and the upstream only, without keys, and are what their bytes are", async ({
  playwright,
}) => {
  const canary = await startCanary()
  const upstream = await startUpstream((request, response) => {
    if (request.url === "/own/hop") {
      response.writeHead(302, { location: `http://127.0.0.1:${canary.port}/secret` }).end()
      return
    }
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    const page = "<!doctype html><script>alert(1)</script>"
    response.setHeader("content-type", "image/png")
    response.end(request.url?.includes("page") ? page : drawing)
  })
  const database = await createDatabase()
  const server = await Server.start({
    ...ownServer(database, test.info().outputPath("data")),
    AIMLAPI_BASE_URL: upstream.url,
    AIMLAPI_API_KEY: "the-key-of-the-operator",
  })
  const request = await playwright.request.newContext({ baseURL: server.site })
  await signIn(request, (await signUp(request)).email)
  const api = new Api(request)
  const made = async (address: string) => {
    const id = newId()
    await api.turn(id, `${address} please`, { model: "flux/schnell" })
    await expect.poll(async () => (await api.last(id)).status).not.toBe("running")
    return api.last(id)
  }
  for (const address of [
    `http://127.0.0.1:${canary.port}/a.png`,
    `http://localhost:${canary.port}/a.png`,
    `http://[::ffff:127.0.0.1]:${canary.port}/a.png`,
    "http://169.254.169.254/latest/meta-data.png",
    "UPSTREAM/own/hop",
  ]) {
    const { status, error } = await made(address.replace("UPSTREAM", upstream.url))
    expect([status, error?.code], address).toEqual(["failed", "file_refused"])
  }
  expect(canary.hits).toEqual([])
  expect(await query(database, 'SELECT * FROM "File"')).toEqual([])

  for (const name of ["%2e%2e%2fdrawing.svg", "page.png"]) {
    const { parts } = await made(`${upstream.url}/own/${name}`)
    const file = parts.find((part) => part.type === "file")
    expect(file).toMatchObject({ mediaType: "text/plain" })
    expect(file?.name).not.toMatch(/[/\\]/)
    const headers = (await request.get(contentOf({ id: file?.fileId ?? "" }))).headers()
    expect(headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": expect.stringMatching(/^attachment; /),
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
    })
  }
  expect(upstream.fetched.length).toBeGreaterThanOrEqual(3)
  for (const { headers } of upstream.fetched) {
    expect(headers).not.toHaveProperty("authorization")
    expect(headers).not.toHaveProperty("cookie")
  }
  await request.dispose()
  await server.end("SIGTERM")
  close(upstream.server, canary.server)
})

test("no address of ours fetches or passes on for others, and none changes where the key goes", async ({
  desk: page,
  api,
  mark,
}) => {
  const canary = await startCanary()
  const target = `http://127.0.0.1:${canary.port}/secret`
  const { id } = await uploaded(page.request, "a.png", ownPng())
  for (const url of [target, `/api/files/${id}/content`, `//127.0.0.1:${canary.port}/secret`]) {
    const path = `/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`
    expect((await page.request.get(path)).status(), url).toBe(404)
  }
  for (const path of [
    `/api/cors?url=${target}`,
    `/api/proxy?url=${target}`,
    `/api/fetch/${target}`,
  ]) {
    expect((await page.request.get(path)).status(), path).toBe(404)
  }
  const message = { id: newId(), parentId: null, parts: [{ type: "text", text: mark }] }
  for (const more of [{ baseUrl: target }, { apiKey: "x" }, { params: { baseURL: target } }]) {
    const body = { message, models: [api.model], ...more }
    const refusal = await api.send("POST", `/api/conversations/${mark}/turn`, body)
    expect(refusal.status(), JSON.stringify(more)).toBe(400)
  }
  const address = { id: newId(), parentId: null, parts: [{ type: "file", fileId: target }] }
  const body = { message: address, models: [api.model] }
  expect((await api.send("POST", `/api/conversations/${mark}/turn`, body)).status()).toBe(400)

  // An upgrade with a whole address in its first line (CVE-2026-44578).
  const { hostname, port } = new URL(site)
  const socket = connect(Number(port), hostname)
  socket.on("error", () => socket.destroy())
  socket.write(
    [
      `GET ${target} HTTP/1.1`,
      `Host: 127.0.0.1:${canary.port}`,
      `Origin: ${sameOrigin.origin}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "",
      "",
    ].join("\r\n"),
  )
  const [answer] = await Promise.race([once(socket, "data"), once(socket, "close")])
  expect(String(answer)).not.toContain("secret")
  socket.destroy()
  expect(canary.hits).toEqual([])
  close(canary.server)
})
