import { expect, test } from "@playwright/test"
import type { Value } from "../schema/check"
import { type InputFile, SentFile } from "../schema/file"
import { requestBody } from "./request-body"

/** A file that arrives in odd-sized chunks and counts its open streams. */
function fileOf(bytes: Buffer, open = { now: 0, most: 0 }): InputFile {
  async function* pieces() {
    open.now += 1
    open.most = Math.max(open.most, open.now)
    for (let at = 0; at < bytes.length; at += 1 + (at % 7)) {
      yield bytes.subarray(at, at + 1 + (at % 7))
    }
    open.now -= 1
  }
  const facts = { kind: "image", name: 'a "sea".png', mediaType: "image/png" } as const
  return { ...facts, sizeBytes: bytes.length, open: async () => pieces() }
}

const address = (bytes: Buffer) => `data:image/png;base64,${bytes.toString("base64")}`
const samples = [0, 1, 2, 3, 100, 101, 102].map((size) =>
  Buffer.from(Array.from({ length: size }, (_, at) => (at * 37) % 256)),
)

async function read(body: Record<string, Value>) {
  const { content, contentType, ...rest } = requestBody(body)
  const bytes = Buffer.from(await new Response(content).arrayBuffer())
  const announced = "sizeBytes" in rest ? rest.sizeBytes : bytes.length
  return { bytes, contentType, announced, isStream: content instanceof ReadableStream }
}

test("files in JSON are read one after the other while it is sent, and arrive as they are", async () => {
  const open = { now: 0, most: 0 }
  const sent = (bytes: Buffer) => new SentFile(fileOf(bytes, open), "address")
  const inner = { text: 'Grüße "und" mehr', none: null, list: [1, { a: true }] }
  const { bytes, announced, contentType, isStream } = await read({
    ...inner,
    urls: samples.map(sent),
    deep: { more: [{ type: "image", url: sent(Buffer.from("deep")) }] },
  })
  expect(JSON.parse(bytes.toString())).toEqual({
    ...inner,
    urls: samples.map(address),
    deep: { more: [{ type: "image", url: address(Buffer.from("deep")) }] },
  })
  expect([announced, contentType, isStream]).toEqual([bytes.length, "application/json", true])
  expect(open).toEqual({ now: 0, most: 1 })
})

test("files in a form are read one after the other, beside settings and an address", async () => {
  const open = { now: 0, most: 0 }
  const sent = (bytes: Buffer) => new SentFile(fileOf(bytes, open), "bytes")
  const { bytes, announced, contentType } = await read({
    prompt: "A sea, grüner",
    image: samples.map(sent),
    mask: sent(Buffer.from("mask")),
    n: 2,
    tags: ["a", "b"],
    also: new SentFile(fileOf(Buffer.from("also")), "address"),
  })
  const form = await new Response(bytes, { headers: { "content-type": contentType } }).formData()
  const files = await Promise.all(
    form.getAll("image").map(async (entry) => {
      if (typeof entry === "string") return entry
      return [entry.name, entry.type, Buffer.from(await entry.arrayBuffer()).toString("hex")]
    }),
  )
  expect(files).toEqual(
    samples.map((sample) => ['a "sea".png', "image/png", sample.toString("hex")]),
  )
  const words = ["prompt", "n", "tags", "also"].map((name) => form.get(name))
  expect(words).toEqual(["A sea, grüner", "2", '["a","b"]', address(Buffer.from("also"))])
  expect([announced, open]).toEqual([bytes.length, { now: 0, most: 1 }])
})

test("a body without files is a text", () => {
  expect(requestBody({ prompt: "A sea", n: 1 })).toEqual({
    content: '{"prompt":"A sea","n":1}',
    contentType: "application/json",
  })
})

test("a file that is longer or shorter than was announced is not sent as if it were whole", async () => {
  for (const sizeBytes of [4, 6]) {
    const file = { ...fileOf(Buffer.from("bytes")), sizeBytes }
    const reading = read({ url: new SentFile(file, "address") })
    await expect(reading).rejects.toMatchObject({ code: "storage_unavailable" })
  }
})
