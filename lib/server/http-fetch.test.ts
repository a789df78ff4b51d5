import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "@playwright/test"
import { httpFetch } from "./http-fetch"

async function serve(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo // it listens on a port
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const sending = { method: "POST", body: "grüße", headers: { "x-of-ours": "1" } }

test("a text arrives whole, and the answer comes back with its status and headers", async () => {
  await using server = await serve(async (request, response) => {
    let body = ""
    for await (const piece of request.setEncoding("utf8")) body += piece
    response.writeHead(201, "Made", { "content-type": "text/plain" })
    const { "content-length": length, "x-of-ours": ours } = request.headers
    response.end(`${request.method} ${length} ${ours} ${body}`)
  })
  const response = await httpFetch(server.url, sending)
  expect([response.status, response.ok, response.statusText]).toEqual([201, true, "Made"])
  expect(response.headers.get("content-type")).toBe("text/plain")
  expect(await response.text()).toBe("POST 7 1 grüße")
})

test("an answer without a body has none, and a redirect is not followed", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/empty") response.writeHead(204).end()
    else response.writeHead(302, { location: "/empty" }).end()
  })
  const empty = await httpFetch(`${server.url}empty`, sending)
  expect([empty.status, empty.body]).toEqual([204, null])
  const moved = await httpFetch(server.url, sending)
  expect([moved.status, moved.headers.get("location")]).toEqual([302, "/empty"])
})

test("what cannot be reached fails in the words of fetch", async () => {
  const gone = await serve(() => undefined)
  await gone[Symbol.asyncDispose]()
  const failing = httpFetch(gone.url, sending)
  await expect(failing).rejects.toThrow(TypeError)
  await expect(failing).rejects.toThrow("fetch failed")
})

test("an abort ends it with the caller's reason, before an answer and within one", async () => {
  await using server = await serve((request, response) => {
    if (request.url !== "/silent") response.writeHead(200).write("begun ")
  })
  for (const path of ["silent", "begun"]) {
    const leaving = new AbortController()
    const answer = httpFetch(`${server.url}${path}`, { ...sending, signal: leaving.signal })
    if (path === "begun") expect((await answer).status).toBe(200)
    const whole = answer.then((response) => response.text())
    leaving.abort(new Error("enough"))
    await expect(whole).rejects.toThrow("enough")
  }
  const tooLate = httpFetch(server.url, { ...sending, signal: AbortSignal.abort("over") })
  expect(await tooLate.catch((reason: unknown) => reason)).toBe("over")
})

test("an answer that is cut off is an error, not an end", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(200).write("half of")
    setImmediate(() => response.destroy())
  })
  const response = await httpFetch(server.url, sending)
  await expect(response.text()).rejects.toThrow()
})

test("a reader who does not read holds the sender back, and then gets everything", async () => {
  const piece = "x".repeat(1024 * 1024)
  let sent = 0
  await using server = await serve(async (_request, response) => {
    for (; sent < 32; sent++) {
      if (!response.write(piece)) await new Promise((resolve) => response.once("drain", resolve))
    }
    response.end()
  })
  const response = await httpFetch(server.url, sending)
  let before = -1
  const hasMoved = () => {
    const last = before
    before = sent
    return last !== sent
  }
  await expect.poll(hasMoved, { intervals: [100] }).toBe(false)
  expect(sent).toBeLessThan(32)
  expect((await response.arrayBuffer()).byteLength).toBe(32 * piece.length)
})

test("whoever stops reading closes the connection", async () => {
  let isClosed = false
  await using server = await serve((_request, response) => {
    response.writeHead(200).write("begun")
    response.on("close", () => {
      isClosed = true
    })
  })
  const response = await httpFetch(server.url, sending)
  await response.body?.cancel()
  await expect.poll(() => isClosed).toBe(true)
})

/** A body with this many chunks, counting those pulled. */
function streamOf(pieces: number) {
  const read = { pieces: 0, isLeft: false }
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (read.pieces++ < pieces) controller.enqueue(new Uint8Array(1024 * 1024))
      else controller.close()
    },
    cancel: () => {
      read.isLeft = true
    },
  })
  return { body, read, headers: { "content-length": String(pieces * 1024 * 1024) } }
}

test("a stream is read only as fast as it is taken, and arrives whole with its length", async () => {
  const taking = Promise.withResolvers<void>()
  await using server = await serve(async (request, response) => {
    await taking.promise
    let bytes = 0
    for await (const piece of request) bytes += piece.length
    response.end(`${request.headers["content-length"]} ${bytes}`)
  })
  const { read, ...init } = streamOf(64)
  const answer = httpFetch(server.url, { method: "POST", ...init })
  let before = -1
  const hasMoved = () => {
    const last = before
    before = read.pieces
    return last !== read.pieces
  }
  await expect.poll(hasMoved, { intervals: [100] }).toBe(false)
  expect(read.pieces).toBeLessThan(32)
  taking.resolve()
  expect(await (await answer).text()).toBe(`${64 * 1024 * 1024} ${64 * 1024 * 1024}`)
})

test("a stream that breaks, and one that nobody takes any more, end the request", async () => {
  await using server = await serve(() => undefined)
  const why = new Error("the disk is gone")
  const body = new ReadableStream({ pull: (controller) => controller.error(why) })
  const broken = httpFetch(server.url, { method: "POST", body })
  expect(await broken.catch((error: Error) => error.cause)).toBe(why)
  const leaving = new AbortController()
  const { read, ...init } = streamOf(64)
  const left = httpFetch(server.url, { method: "POST", ...init, signal: leaving.signal })
  await expect.poll(() => read.pieces).toBeGreaterThan(0)
  leaving.abort(new Error("enough"))
  await expect(left).rejects.toThrow("enough")
  await expect.poll(() => read.isLeft).toBe(true)
})

test("an answer that comes before all was sent is heard", async () => {
  await using server = await serve((_request, response) => {
    response.writeHead(413).end("too much")
  })
  const { read: _read, ...init } = streamOf(16)
  const answer = await httpFetch(server.url, { method: "POST", ...init })
  expect([answer.status, await answer.text()]).toEqual([413, "too much"])
})
