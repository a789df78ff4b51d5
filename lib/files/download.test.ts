import { once } from "node:events"
import { createServer, type RequestListener, type Server } from "node:http"
import { gzipSync } from "node:zlib"
import { expect, test } from "@playwright/test"
import { download } from "./download"

type Site = { origin: string; requests: string[]; headers: Record<string, unknown>[] }

let servers: Server[] = []
test.afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  servers = []
})

async function serve(answer: RequestListener): Promise<Site> {
  const site: Site = { origin: "", requests: [], headers: [] }
  const server = createServer((request, response) => {
    site.requests.push(request.url ?? "")
    site.headers.push(request.headers)
    answer(request, response)
  }).listen(0, "127.0.0.1")
  servers.push(server)
  await once(server, "listening")
  const address = server.address()
  site.origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  return site
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const options = (site: Site) => ({ allowedOrigin: site.origin, maxBytes: 1000 })
const plain: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "Image/PNG; charset=x" }).end("hello")
}

test("fetches from the origin that is allowed, and sends it nothing of anybody", async () => {
  const site = await serve(plain)
  const address = site.origin.replace("//", "//user:password@")
  const { bytes, mediaType } = await download(`${address}/a?b=c#d`, options(site))
  expect([await readAll(bytes), mediaType]).toEqual(["hello", "Image/PNG"])
  expect(site.requests).toEqual(["/a?b=c"])
  expect(site.headers[0]).not.toHaveProperty("authorization")
  expect(site.headers[0]).not.toHaveProperty("cookie")
})

test("nothing else on this machine is asked, however it is written", async () => {
  const canary = await serve(plain)
  const { port } = new URL(canary.origin)
  for (const host of [
    ...["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "localhost"],
    ...["localhost.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "１２７.0.0.1"],
  ]) {
    const fetching = download(`http://${host}:${port}/`, { maxBytes: 1000 })
    await expect(fetching, host).rejects.toMatchObject({ code: "file_refused" })
    const wellKnown = download(`http://${host}/`, { maxBytes: 1000 })
    await expect(wellKnown, host).rejects.toMatchObject({ code: "file_refused" })
  }
  const other = await serve(plain)
  const fetching = download(`${canary.origin}/`, options(other))
  await expect(fetching).rejects.toMatchObject({ code: "file_refused" })
  const lookalike = download(`${other.origin}.evil.example:80/`, options(other))
  await expect(lookalike).rejects.toMatchObject({ code: "file_refused" })
  expect([...canary.requests, ...other.requests]).toEqual([])
})

test("only http and https", async () => {
  for (const address of ["ftp://a.example/", "file:///etc/passwd", "blob:x", "/etc/passwd", ""]) {
    const fetching = download(address, { maxBytes: 1000 })
    await expect(fetching, address).rejects.toMatchObject({ code: "file_refused" })
  }
})

test("a redirect is looked at like the first address, and there are three at most", async () => {
  const canary = await serve(plain)
  const site = await serve(({ url = "" }, response) => {
    const left = Number(url.slice(1))
    const location = left > 0 ? `/${left - 1}` : `${canary.origin}/secret`
    response.writeHead(302, { location }).end()
  })
  const hops = (count: number) => download(`${site.origin}/${count}`, options(site))
  await expect(hops(0)).rejects.toMatchObject({ code: "file_refused" })
  await expect(hops(9)).rejects.toMatchObject({ code: "file_lost" })
  expect(site.requests).toHaveLength(1 + 4)
  expect(canary.requests).toEqual([])

  const friendly = await serve((request, response) => {
    if (request.url === "/end") return plain(request, response)
    response.writeHead(307, { location: "end" }).end()
  })
  const { bytes } = await download(`${friendly.origin}/begin`, options(friendly))
  expect(await readAll(bytes)).toBe("hello")
})

test("too much is refused by what is announced, and by what comes", async () => {
  const announced = await serve((_request, response) => {
    response.writeHead(200, { "content-length": "1001" }).flushHeaders()
  })
  const tooLarge = { code: "too_large" }
  await expect(download(announced.origin, options(announced))).rejects.toMatchObject(tooLarge)
  const silent = await serve((_request, response) => {
    response.write("x".repeat(600))
    response.end("x".repeat(600))
  })
  const { bytes } = await download(silent.origin, options(silent))
  await expect(readAll(bytes)).rejects.toMatchObject(tooLarge)
  // Rejected downloads leave no open connections.
  for (const server of servers) await expect.poll(() => openConnections(server)).toBe(0)
})

test("an error, packed bytes, half an answer and no answer are a lost file", async () => {
  const cases: RequestListener[] = [
    (_request, response) => response.writeHead(403).end("expired"),
    (_request, response) => response.writeHead(204).end(),
    (_request, response) => response.writeHead(302).end(),
    (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x"))
    },
    (_request, response) => {
      response.writeHead(200, { "content-length": "500" })
      response.write("half", () => response.destroy())
    },
    (request) => request.socket.destroy(),
  ]
  for (const answer of cases) {
    const site = await serve(answer)
    const fetching = download(site.origin, options(site)).then(({ bytes }) => readAll(bytes))
    await expect(fetching).rejects.toMatchObject({ code: "file_lost", cause: expect.any(String) })
  }
})

test("time is limited, and the caller may call it off, before and within the answer", async () => {
  const cases: RequestListener[] = [() => {}, (_request, response) => void response.write("half")]
  for (const answer of cases) {
    const site = await serve(answer)
    const reading = async (more: { timeLimitMs?: number; signal?: AbortSignal }) => {
      const { bytes } = await download(site.origin, { ...options(site), ...more })
      return readAll(bytes)
    }
    await expect(reading({ timeLimitMs: 100 })).rejects.toMatchObject({ code: "file_lost" })
    const leaving = new AbortController()
    const read = reading({ signal: leaving.signal })
    leaving.abort(new RangeError("called off"))
    await expect(read).rejects.toThrow("called off")
  }
})

test("who stops reading closes the connection", async () => {
  const site = await serve((_request, response) => void response.write("x".repeat(100)))
  const { bytes } = await download(site.origin, options(site))
  for await (const piece of bytes) {
    expect(piece).toHaveLength(100)
    break
  }
  await expect.poll(() => openConnections(servers[0])).toBe(0)
})

function openConnections(server: Server | undefined): Promise<number> {
  return new Promise((resolve) => server?.getConnections((_error, count) => resolve(count)))
}

test("data addresses hold their bytes themselves", async () => {
  for (const [address, mediaType, content] of [
    ["data:text/plain;base64,aGVsbG8=", "text/plain", "hello"],
    ["data:image/PNG;name=x;base64,aGVsbG8", "image/png", "hello"],
    ["DATA:;base64,aGVs%62G8%3D", null, "hello"],
    ["data:,a%20b%C3%A9%zz", null, "a bé%zz"],
    ["data:text/plain;charset=utf-8,é,%2C", "text/plain", "é,,"],
    ["data:,", null, ""],
  ] as const) {
    const { bytes, mediaType: declared } = await download(address, { maxBytes: 100 })
    expect([declared, await readAll(bytes)], address).toEqual([mediaType, content])
  }
  const long = `data:;base64,${Buffer.alloc(101).toString("base64")}`
  await expect(download(long, { maxBytes: 100 })).rejects.toMatchObject({ code: "too_large" })
  expect((await download(long, { maxBytes: 101 })).mediaType).toBeNull()
  const nothing = download("data:image/png", { maxBytes: 100 })
  await expect(nothing).rejects.toMatchObject({ code: "file_lost" })
})
