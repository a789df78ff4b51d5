import { expect, test } from "@playwright/test"
import { readFilePart } from "./multipart"

const url = "http://localhost/api/files"

function post(body: Uint8Array | string, { pieceBytes = 7, headers = {}, boundary = "xyz" } = {}) {
  const bytes = Buffer.from(body)
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + pieceBytes))
      at += pieceBytes
    },
  })
  const type = `multipart/form-data; boundary=${boundary}`
  const all = { "content-type": type, ...headers }
  const request = new Request(url, {
    method: "POST",
    headers: all,
    body: stream,
    ...{ duplex: "half" },
  })
  return { request, leftBytes: () => Math.max(0, bytes.length - at) }
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

const head = 'content-disposition: form-data; name="file"; filename="a.bin"'
const form = (content: string, end = "\r\n--xyz--\r\n") =>
  `--xyz\r\n${head}\r\ncontent-type: image/png\r\n\r\n${content}${end}`

test("what a browser sends comes out as it went in, in pieces of any size", async () => {
  const content = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256))
  const data = new FormData()
  data.append("file", new File([content], 'odd "name"\n.bin'))
  const sent = new Request(url, { method: "POST", body: data })
  const type = sent.headers.get("content-type") ?? ""
  const body = Buffer.from(await sent.arrayBuffer())
  for (const pieceBytes of [1, 13, 1000, 1_000_000]) {
    const { request } = post(body, { pieceBytes, headers: { "content-type": type } })
    const part = await readFilePart(request, 50_000)
    expect(part.name).toBe('odd "name" .bin')
    expect(await readAll(part.bytes)).toEqual(content)
  }
})

test("content that looks like its end is content", async () => {
  for (const content of [
    "",
    "\r\n",
    "\r\n--xy",
    "--xyz--",
    "\r\n--xy\r\n--xy\r\n",
    "a\r\n\r\n--",
  ]) {
    for (const pieceBytes of [1, 3, 1000]) {
      const { request } = post(form(content), { pieceBytes })
      const { bytes } = await readFilePart(request, 1000)
      expect((await readAll(bytes)).toString()).toBe(content)
    }
  }
})

test("a form that breaks off is no file", async () => {
  for (const end of ["", "\r\n--xy", "\r\n--xyz", "\r\n--xyz-"]) {
    const { request } = post(form("content", end))
    const { bytes } = await readFilePart(request, 1000)
    await expect(readAll(bytes)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("broke off"),
    })
  }
})

test("one file, called file, and nothing else", async () => {
  const two = post(form("a", `\r\n--xyz\r\n${head}\r\n\r\nb\r\n--xyz--`))
  const { bytes } = await readFilePart(two.request, 1000)
  await expect(readAll(bytes)).rejects.toMatchObject({ message: "Send one file at a time." })
  for (const body of [
    "",
    "--xyz--\r\n",
    form("a").replace("name", "other"),
    form("a").replace('; filename="a.bin"', ""),
    form("a").replace("--xyz", "--abc"),
    form("a").replace("--xyz", "preamble\r\n--xyz"),
    `--xyz\r\nx-long: ${"x".repeat(20_000)}`,
  ]) {
    const reading = readFilePart(post(body, { pieceBytes: 1000 }).request, 100_000)
    await expect(reading, body.slice(0, 60)).rejects.toMatchObject({ code: "invalid" })
  }
})

test("what is no form is told what is wanted", async () => {
  for (const type of ["application/json", "text/plain", "multipart/form-data", "multipart/mixed"]) {
    const { request } = post(form("a"), { headers: { "content-type": type } })
    const refusal = { code: "unsupported_type", message: expect.stringContaining("multipart") }
    await expect(readFilePart(request, 1000)).rejects.toMatchObject(refusal)
  }
})

test("an announced length that is too much is refused after as much as may be was taken", async () => {
  const near = post(form("x".repeat(900)), { headers: { "content-length": "20000" } })
  const tooLarge = { code: "too_large", message: expect.stringContaining("MB") }
  await expect(readFilePart(near.request, 1000)).rejects.toMatchObject(tooLarge)
  expect(near.leftBytes()).toBe(0)
  const far = post("x".repeat(50_000), { headers: { "content-length": "50000" } })
  await expect(readFilePart(far.request, 1000)).rejects.toMatchObject(tooLarge)
  expect(far.leftBytes()).toBeGreaterThan(30_000)
})

test("who stops reading leaves nothing on its way", async () => {
  const { request, leftBytes } = post(form("x".repeat(500)))
  const { bytes } = await readFilePart(request, 1000)
  for await (const piece of bytes) {
    expect(piece.length).toBeGreaterThan(0)
    break
  }
  expect(leftBytes()).toBe(0)
})
