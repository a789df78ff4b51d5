import { createHash, randomBytes } from "node:crypto"
import { once } from "node:events"
import { readdir } from "node:fs/promises"
import { createServer } from "node:http"
import { expect, test } from "@playwright/test"
import { BucketServer } from "../../conformance/bucket-server"
import { type BucketAccess, createBucket } from "./bucket"
import { createBucketStore } from "./bucket-store"
import type { Store, Stored } from "./store"

let server: BucketServer
test.beforeEach(async () => {
  server = await BucketServer.start()
})
test.afterEach(() => server.close())

const incoming = () => test.info().outputPath("incoming")
const storeWith = (change: Partial<BucketAccess> = {}, prefix = "app/one/") =>
  createBucketStore(createBucket({ ...server.access, ...change }, fetch), prefix, incoming())
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

async function kept(store: Store, bytes: Uint8Array): Promise<string> {
  const put = await store.put(bytes, bytes.length)
  await put.send()
  await put.keep()
  return put.sha256
}

async function readAll(store: Store, ...place: Parameters<Store["open"]>): Promise<Buffer> {
  return Buffer.from(await new Response(await store.open(...place)).arrayBuffer())
}

async function listed(store: Store): Promise<Stored[][]> {
  const pages: Stored[][] = []
  for await (const page of store.list()) pages.push(page)
  return pages
}

test("bytes lie under their hash once they are sent, and nothing of them stays here", async () => {
  const store = storeWith()
  const bytes = randomBytes(3_000_001)
  const put = await store.put(bytes, bytes.length)
  expect(server.calls).toEqual([])
  expect(await readdir(incoming())).toHaveLength(1)
  await put.send()
  await put.keep()
  const key = `app/one/${hashOf(bytes)}`
  expect(server.calls).toEqual([`HEAD ${key}`, `PUT ${key}`, `HEAD ${key}`])
  expect(server.objects.get(key)?.bytes.equals(bytes)).toBe(true)
  expect(await readdir(incoming())).toEqual([])
  expect((await readAll(store, put.sha256)).equals(bytes)).toBe(true)
  await store.remove(put.sha256)
  await store.remove(put.sha256)
  expect(server.objects.size).toBe(0)
})

test("what is there already is not sent again; what went away meanwhile is", async () => {
  const store = storeWith()
  const bytes = Buffer.from("same")
  const sha256 = await kept(store, bytes)
  await kept(store, bytes)
  expect(server.calls.filter((call) => call.startsWith("PUT"))).toHaveLength(1)
  await store.remove(sha256)
  const put = await store.put(bytes, 10)
  await put.send()
  await store.remove(sha256)
  await put.keep()
  expect((await readAll(store, sha256)).toString()).toBe("same")
})

test("a range is just that, also of a bucket that gives none, and a reader may leave", async () => {
  const store = storeWith()
  const bytes = randomBytes(600_000)
  const sha256 = await kept(store, bytes)
  for (const [start, end] of [
    [0, 0],
    [5, 300_000],
    [599_999, 599_999],
  ] as const) {
    const range = await readAll(store, sha256, { start, end })
    expect(range.equals(bytes.subarray(start, end + 1))).toBe(true)
  }
  const reader = (await store.open(sha256)).getReader()
  await reader.read()
  await reader.cancel()
  server.givesRanges = false
  const whole = { start: 0, end: bytes.length - 1 }
  expect((await readAll(store, sha256, whole)).equals(bytes)).toBe(true)
  const part = store.open(sha256, { start: 1, end: 2 })
  await expect(part).rejects.toMatchObject({ code: "storage_unavailable" })
})

test("the list has all of its own and nothing else, a page at a time", async () => {
  const store = storeWith()
  const own = await Promise.all(
    Array.from({ length: 5 }, (_, index) => kept(store, Buffer.from(`file ${index}`))),
  )
  await kept(storeWith({}, "app/two/"), Buffer.from("of another"))
  server.objects.set("app/one/notes & more.txt", { bytes: Buffer.of(), storedAt: new Date() })
  server.pageSize = 2
  const pages = await listed(store)
  expect(pages.length).toBeGreaterThan(2)
  const found = pages.flat()
  expect(found.map(({ sha256 }) => sha256).sort()).toEqual(own.sort())
  for (const { storedAt } of found) expect(Date.now() - storedAt.getTime()).toBeLessThan(60_000)
  expect(await listed(storeWith({}, "app/empty/"))).toEqual([[]])
})

test("the first who asks for a store has it", async () => {
  expect(await storeWith().claim("first")).toBe("first")
  expect(await storeWith().claim("second")).toBe("first")
  expect(await storeWith({}, "app/two/").claim("second")).toBe("second")
})

test("an error that may pass is tried again once; what stays is told in words, its cause to the log", async () => {
  const store = storeWith()
  const sha256 = await kept(store, Buffer.from("here"))
  for (const refusal of [
    { status: 503, code: "SlowDown" },
    { status: 0, code: "" },
  ]) {
    server.refusals.push(refusal)
    expect((await readAll(store, sha256)).toString()).toBe("here")
  }
  server.refusals.push({ status: 503, code: "SlowDown" }, { status: 503, code: "SlowDown" })
  await expect(store.open(sha256)).rejects.toMatchObject({
    code: "storage_unavailable",
    cause: "GET 503 SlowDown",
  })
  // Permanent failures are not retried.
  server.refusals.push({ status: 403, code: "AccessDenied" })
  const refused = store.put(Buffer.from("new"), 10).then((put) => put.send())
  await expect(refused).rejects.toMatchObject({ code: "storage_unavailable", cause: "HEAD 403" })
  expect((await readAll(store, sha256)).toString()).toBe("here")
  const missing = store.open("0".repeat(64))
  await expect(missing).rejects.toMatchObject({ code: "storage_unavailable", cause: "GET 404" })
  await expect(store.open("../../etc/passwd")).rejects.toThrow("no hash")
})

test("a wrong key, a wrong region and nobody at all are one failure with words", async () => {
  for (const [change, cause] of [
    [{ secretAccessKey: "wrong" }, "GET 403 SignatureDoesNotMatch"],
    [{ accessKeyId: "OTHER" }, "GET 403 InvalidAccessKeyId"],
    [{ region: "us-east-1" }, "GET 400 AuthorizationHeaderMalformed"],
    [{ endpoint: "http://127.0.0.1:1" }, /^GET (ECONNREFUSED|bad port)$/],
  ] as const) {
    const opening = storeWith(change).open("0".repeat(64))
    const failure = await opening.catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: "storage_unavailable", status: 503 })
    expect(failure).toHaveProperty("cause", expect.stringMatching(cause))
  }
})

test("a large file goes from the disk to the bucket past the memory", async () => {
  const sink = createServer(async (request, response) => {
    for await (const _piece of request);
    response.writeHead(request.method === "PUT" ? 200 : 404).end()
  }).listen(0, "127.0.0.1")
  await once(sink, "listening")
  const address = sink.address()
  const port = typeof address === "object" ? address?.port : 0
  const store = storeWith({ endpoint: `http://127.0.0.1:${port}` })
  async function* pieces() {
    for (let count = 0; count < 1_000; count++) yield Buffer.alloc(100_000, count)
  }
  const put = await store.put(pieces(), 100_000_000)
  const before = process.memoryUsage().arrayBuffers
  let maxBytes = 0
  const watch = () => {
    maxBytes = Math.max(maxBytes, process.memoryUsage().arrayBuffers - before)
  }
  const timer = setInterval(watch, 5)
  await put.send()
  clearInterval(timer)
  watch()
  expect(maxBytes).toBeLessThan(80_000_000)
  sink.closeAllConnections()
  sink.close()
})

test("too much leaves nothing, here or there", async () => {
  const store = storeWith()
  const bytes = randomBytes(1001)
  await expect(store.put(bytes, 1000)).rejects.toMatchObject({ code: "too_large" })
  expect(await readdir(incoming())).toEqual([])
  expect(server.calls).toEqual([])
})
