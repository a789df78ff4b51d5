import { expect, test } from "@playwright/test"
import { fileResponse } from "./file-response"
import { createFolderStore } from "./folder-store"

const content = "0123456789"

async function ask(
  headers: Record<string, string> = {},
  { method = "GET", mediaType = "image/png", isDownload = false } = {},
) {
  const store = createFolderStore(test.info().outputPath("files"))
  const put = await store.put(Buffer.from(content), 100)
  await put.keep()
  const file = { ...put, name: "a.png", mediaType }
  const request = new Request("http://localhost/", { method, headers })
  const response = await fileResponse(request, file, { store, isDownload })
  return { response, text: await response.text(), etag: `"${put.sha256}"` }
}

test("whole, it may be kept by the browser of who is signed in", async () => {
  const { response, text, etag } = await ask()
  expect([response.status, text]).toEqual([200, content])
  expect(Object.fromEntries(response.headers)).toMatchObject({
    etag,
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=31536000, immutable, no-transform",
    vary: "cookie",
    "content-type": "image/png",
  })
})

test("one range of bytes as the standard has it", async () => {
  for (const [range, status, part, place] of [
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=4-", 206, "456789", "bytes 4-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-99", 206, content, "bytes 0-9/10"],
    ["bytes=9-99", 206, "9", "bytes 9-9/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=-0", 416, "", "bytes */10"],
    ["bytes=5-2", 200, content, null],
    ["bytes=0-1,3-4", 200, content, null],
    ["bytes=-", 200, content, null],
    ["lines=0-1", 200, content, null],
  ] as const) {
    const { response, text } = await ask({ range })
    const found = [response.status, text, response.headers.get("content-range")]
    expect(found, range).toEqual([status, part, place])
  }
})

test("a range of what somebody has in part only while it is the same", async () => {
  const { etag } = await ask()
  expect((await ask({ range: "bytes=1-2", "if-range": etag })).text).toBe("12")
  expect((await ask({ range: "bytes=1-2", "if-range": '"other"' })).text).toBe(content)
})

test("who has it already gets nothing, nor does who asks for the head only", async () => {
  const { etag } = await ask()
  for (const tag of [etag, `W/${etag}`, `"a", ${etag}`, "*"]) {
    const { response, text } = await ask({ "if-none-match": tag })
    expect([response.status, text]).toEqual([304, ""])
  }
  expect((await ask({ "if-none-match": '"other"' })).response.status).toBe(200)
  const { response, text } = await ask({ range: "bytes=0-3" }, { method: "HEAD" })
  expect([response.status, text]).toEqual([206, ""])
})

test("pictures, videos and sounds are shown in place, everything else is saved", async () => {
  for (const [mediaType, kind] of [
    ["image/png", "inline"],
    ["image/avif", "inline"],
    ["video/webm", "inline"],
    ["audio/wav", "inline"],
    ["image/svg+xml", "attachment"],
    ["image/tiff", "attachment"],
    ["video/quicktime", "attachment"],
    ["application/pdf", "attachment"],
    ["text/plain", "attachment"],
    ["text/html", "attachment"],
  ] as const) {
    const { headers } = (await ask({}, { mediaType })).response
    expect(headers.get("content-disposition")?.split(";")[0], mediaType).toBe(kind)
  }
  const saved = (await ask({}, { isDownload: true })).response
  expect(saved.headers.get("content-disposition")).toContain("attachment")
  const text = (await ask({}, { mediaType: "text/csv" })).response
  expect(text.headers.get("content-type")).toBe("text/csv; charset=utf-8")
})
