import { once } from "node:events"
import { createServer, type RequestListener, type Server } from "node:http"
import { gzipSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import { parseEnv } from "../server/env"
import { fetchPage } from "./fetch-page"
import { KnownUrls, normalUrl } from "./known-urls"
import { readPage } from "./read-page"
import { toolContext } from "./testing"

/** Replaces a process-wide value. */
function setProcessWide(name: string, value: unknown): void {
  Object.assign(globalThis, { [Symbol.for(`polylogue.${name}`)]: value })
}
function setEnvironment(own: Record<string, string>): void {
  setProcessWide(
    "env",
    parseEnv({
      DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none",
      AUTH_SECRET: "a secret of thirty-two characters or more",
      ...own,
    }),
  )
}
test.beforeEach(() => setEnvironment({}))

let servers: Server[] = []
test.afterEach(() => {
  setProcessWide("env", undefined)
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  servers = []
})

async function serve(answer: RequestListener) {
  const site = { origin: "", requests: [] as string[] }
  const server = createServer((request, response) => {
    site.requests.push(request.url ?? "")
    answer(request, response)
  }).listen(0, "127.0.0.1")
  servers.push(server)
  await once(server, "listening")
  const address = server.address()
  site.origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  return site
}

const signal = AbortSignal.timeout(60_000)
const context = (...urls: string[]) => toolContext({ signal, knownUrls: new KnownUrls(urls) })
const page: RequestListener = (_request, response) => {
  response
    .writeHead(200, { "content-type": "text/html; charset=utf-8" })
    .end("<title>A page</title><p>Grüße")
}

test("an address that nobody gave is refused, and nothing is asked", async () => {
  const site = await serve(page)
  const given = `${site.origin}/given`
  for (const url of [
    `${site.origin}/other`,
    `${given}?secret=1`,
    `${given}/`,
    given.toUpperCase(),
    "/given",
    "",
  ]) {
    const reading = readPage.run({ url }, context(given))
    await expect(reading, url).rejects.toMatchObject({
      code: "invalid",
      message: "Only addresses that the person gave or a search found can be read.",
    })
  }
  expect(site.requests).toEqual([])
})

test("given addresses of this machine are refused all the same, however they are written", async () => {
  const canary = await serve(page)
  const { port } = new URL(canary.origin)
  for (const host of [
    ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost"],
    ...["localhost.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254"],
  ]) {
    for (const url of [`http://${host}:${port}/`, `http://${host}/`]) {
      const reading = readPage.run({ url }, context(url))
      await expect(reading, url).rejects.toMatchObject({
        code: "file_refused",
        message: /does not lie on the public web/,
      })
    }
  }
  expect(canary.requests).toEqual([])
})

test("neither is an upstream on a private address read", async () => {
  const upstream = await serve(page)
  setEnvironment({ AIMLAPI_BASE_URL: upstream.origin })
  const url = `${upstream.origin}/admin/config`
  await expect(readPage.run({ url }, context(url))).rejects.toMatchObject({ code: "file_refused" })
  expect(upstream.requests).toEqual([])
})

test("in the demo the pages of the simulator are read, and not what others asked it", async () => {
  const simulator = await serve(page)
  setEnvironment({ SIMULATOR_URL: simulator.origin })
  const [found, log] = [`${simulator.origin}/wiki/Tides`, `${simulator.origin}/_simulator/requests`]
  await expect(readPage.run({ url: found }, context(found))).resolves.toMatchObject({
    output: { title: "A page" },
  })
  await expect(readPage.run({ url: log }, context(log))).rejects.toMatchObject({
    code: "file_refused",
  })
  expect(simulator.requests).toEqual(["/wiki/Tides"])
})

test("a redirect to this machine is not followed", async () => {
  const canary = await serve(page)
  const site = await serve((_request, response) => {
    response.writeHead(302, { location: `${canary.origin}/inner` }).end()
  })
  const reading = fetchPage(`${site.origin}/`, { signal, allowedOrigin: site.origin })
  await expect(reading).rejects.toMatchObject({ code: "file_refused" })
  expect([site.requests, canary.requests]).toEqual([["/"], []])
})

test("pages and plain texts are read in their own letters, without hidden characters", async () => {
  const bodies: Record<string, [type: string, body: string | Buffer]> = {
    "/page": ["text/html", "<title>A page</title><p>Grüße\u{E0041}\u{E0042}!"],
    "/old": ["text/html", Buffer.from("<meta charset=iso-8859-1><p>Gr\xfc\xdfe!", "latin1")],
    "/unsaid": ["text/plain", Buffer.from("Gr\xfc\xdfe!", "latin1")],
    "/json": ["application/json", '{"a":"Grüße!"}'],
    "/note.md": ["text/markdown", "# Grüße!"],
  }
  const site = await serve((request, response) => {
    const [type, body] = bodies[request.url ?? ""] ?? ["text/plain", ""]
    response.writeHead(200, { "content-type": type }).end(body)
  })
  for (const path of Object.keys(bodies)) {
    const read = await fetchPage(site.origin + path, { signal, allowedOrigin: site.origin })
    expect(read.text, path).toMatch(/Grüße!/)
    expect(read.text).not.toMatch(/[\u{E0000}-\u{E007F}]/u)
    expect(read.title).toBe(path === "/page" ? "A page" : "")
  }
})

test("what cannot be read is said in words of a page", async () => {
  const site = await serve((request, response) => {
    const answers: Record<string, () => void> = {
      "/pdf": () => response.writeHead(200, { "content-type": "application/pdf" }).end("%PDF-1.7"),
      "/picture": () => response.writeHead(200, { "content-type": "image/png" }).end("x"),
      "/empty": () => response.writeHead(200, { "content-type": "text/html" }).end("<script>1"),
      "/large": () => response.writeHead(200, { "content-length": 4_000_000 }).end("x"),
      "/packed": () =>
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("hello")),
    }
    const answer = answers[request.url ?? ""]
    if (answer) answer()
    else response.writeHead(404).end()
  })
  const failure = (path: string) =>
    fetchPage(site.origin + path, { signal, allowedOrigin: site.origin }).catch(String)
  expect(await failure("/pdf")).toContain("PDF document, which cannot be read from the web yet")
  expect(await failure("/picture")).toContain("no text but to image/png")
  expect(await failure("/empty")).toContain("holds no text")
  expect(await failure("/large")).toContain("larger than 3 MB")
  expect(await failure("/packed")).toContain("could not be reached")
  expect(await failure("/gone")).toContain("could not be reached")
})

test("an address that was given with a fragment or in another spelling is the same one", () => {
  expect(normalUrl("https://example.com#a")).toBe(normalUrl("HTTPS://EXAMPLE.com/"))
})
