import { randomBytes } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { newId } from "@/lib/base/id"
import { limits } from "@/lib/base/limits"
import { Api } from "./api"
import { expect, test } from "./fixtures"
import { type Person, sameOrigin, signIn, signUp, site } from "./people"
import { createDatabase, query, Server } from "./server"
import { contentOf, hashOf, ownPng, ownServer, png, stored, upload, uploaded } from "./uploads"

const databaseUrl = process.env.DATABASE_URL ?? ""

function wav(seconds: number): Buffer {
  const head = Buffer.alloc(44)
  const bytes = 8000 * seconds
  head.write("RIFF")
  head.writeUInt32LE(36 + bytes, 4)
  head.write("WAVEfmt ", 8)
  head.writeUInt32LE(16, 16)
  // One byte of sound at a time: uncompressed, one channel.
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(8000, 28)
  head.write("data", 36)
  head.writeUInt32LE(bytes, 40)
  return Buffer.concat([head, Buffer.alloc(bytes, 128)])
}

const pdf = Buffer.from(
  "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n%%EOF",
  "latin1",
)
const rowsOf = async (person: Person, columns = "*") =>
  query(
    databaseUrl,
    `SELECT ${columns} FROM "File" WHERE "userId" = (SELECT "id" FROM "User" WHERE "email" = '${person.email}')`,
  )

test("a picture, a document and a sound come back as they went in, with what they are", async ({
  desk: page,
  person,
}) => {
  for (const [name, bytes, facts] of [
    ["Zoë's photo.png", png(64, 48), { mediaType: "image/png", width: 64, height: 48 }],
    ["report.pdf", pdf, { mediaType: "application/pdf" }],
    ["sound.wav", wav(2), { mediaType: "audio/wav", durationMs: 2000 }],
    ["big.bin.png", Buffer.concat([ownPng(), randomBytes(10_100_000)]), { width: 3 }],
  ] as const) {
    const response = await upload(page.request, name, bytes, "application/x-lie")
    expect([response.status(), response.headers()["cache-control"]]).toEqual([
      201,
      "private, no-store",
    ])
    const file = await response.json()
    expect(file).toMatchObject({ name, sizeBytes: bytes.length, ...facts })
    expect(file).not.toHaveProperty("sha256")
    expect(await (await page.request.get(`/api/files/${file.id}`)).json()).toEqual(file)
    const content = await page.request.get(`/api/files/${file.id}/content`)
    expect(content.status()).toBe(200)
    expect((await content.body()).equals(bytes), name).toBe(true)
    expect(content.headers()).toMatchObject({
      "content-type": file.mediaType,
      etag: `"${hashOf(bytes)}"`,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
      "cross-origin-resource-policy": "same-origin",
    })
  }
  const sources = await rowsOf(person, `"source"::text AS source, "name"`)
  expect(sources.map(({ source }) => source)).toEqual(Array(4).fill("upload"))
})

test("a page shows pictures and plays sounds from here; documents are saved under their name", async ({
  desk: page,
}) => {
  await page.goto("/")
  const picture = await uploaded(page.request, "a.png", png(7, 5))
  const sound = await uploaded(page.request, "a.wav", wav(3))
  const loaded = await page.evaluate(
    async ([pictureId, soundId]) => {
      const image = new Image()
      image.src = `/api/files/${pictureId}/content`
      await image.decode()
      const audio = new Audio(`/api/files/${soundId}/content`)
      await new Promise((resolve, reject) => {
        audio.onloadedmetadata = resolve
        audio.onerror = reject
      })
      return [image.naturalWidth, Math.round(audio.duration)]
    },
    [picture.id, sound.id],
  )
  expect(loaded).toEqual([7, 3])
  const document = await uploaded(page.request, "Bericht – größer.pdf", pdf)
  const downloading = page.waitForEvent("download")
  await page.evaluate((id) => {
    location.href = `/api/files/${id}/content`
  }, document.id)
  expect((await downloading).suggestedFilename()).toBe("Bericht – größer.pdf")
})

test("what lies about its type or its name does no harm", async ({ desk: page, mark }) => {
  const html = `<!doctype html><title>${mark}</title><script>document.title = "ran"</script>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><!-- ${mark} --><script>alert(1)</script></svg>`
  for (const [name, text] of [
    ["photo.png", html],
    ["photo.svg", svg],
    ["x.png", svg],
    ["feed.xml", `<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a>${mark}</a>`],
    ["page.html", html],
  ] as const) {
    const file = await uploaded(page.request, name, Buffer.from(text))
    expect(file.mediaType).toBe("text/plain")
    const headers = (await page.request.get(contentOf(file))).headers()
    expect(headers["content-type"]).toBe("text/plain; charset=utf-8")
    expect(headers["content-disposition"]).toMatch(/^attachment; /)
    expect(headers["x-content-type-options"]).toBe("nosniff")
    expect(headers["content-security-policy"]).toContain("sandbox")
  }
  const outside = await uploaded(page.request, "../../../../tmp/\u202egnp.exe", ownPng())
  expect(outside.name).toBe("gnp.exe")
  const saved = await page.request.get(`${contentOf(outside)}?download=1`)
  expect(saved.headers()["content-disposition"]).toMatch(/^attachment; filename="gnp.exe"; /)
})

test("ranges, and what a browser has already", async ({ desk: page }) => {
  const bytes = Buffer.concat([png(2, 2), randomBytes(500_000)])
  const file = await uploaded(page.request, "a.png", bytes)
  const get = (headers: Record<string, string>, method = "GET") =>
    page.request.fetch(contentOf(file), { method, headers })
  const part = await get({ range: "bytes=1000-300999" })
  expect([part.status(), part.headers()["content-range"]]).toEqual([
    206,
    `bytes 1000-300999/${bytes.length}`,
  ])
  expect((await part.body()).equals(bytes.subarray(1000, 301_000))).toBe(true)
  const none = await get({ range: `bytes=${bytes.length}-` })
  expect([none.status(), none.headers()["content-range"]]).toEqual([416, `bytes */${bytes.length}`])
  const known = await get({ "if-none-match": part.headers().etag ?? "" })
  expect([known.status(), (await known.body()).length]).toEqual([304, 0])
  const head = await get({}, "HEAD")
  expect([head.status(), (await head.body()).length]).toEqual([200, 0])
  expect(head.headers()["accept-ranges"]).toBe("bytes")
})

test("a stranger finds nothing, and the same bytes are there once for both", async ({
  desk: page,
  playwright,
}) => {
  const bytes = ownPng()
  const [first, second] = [
    await uploaded(page.request, "first.png", bytes),
    await uploaded(page.request, "second.png", bytes),
  ]
  expect(first.id).not.toBe(second.id)
  const other = await playwright.request.newContext({ baseURL: site })
  await signIn(other, (await signUp(other)).email)
  for (const end of ["", "/content", "/content?download=1"]) {
    const refusals = await Promise.all(
      [first.id, newId()].map((id) => other.get(`/api/files/${id}${end}`)),
    )
    const told = await Promise.all(refusals.map((refusal) => refusal.json()))
    expect(refusals.map((refusal) => refusal.status())).toEqual([404, 404])
    const [known, unknown] = told.map(({ error }) => ({ ...error, requestId: "" }))
    expect(known).toEqual(unknown)
  }
  const theirs = await uploaded(other, "third.png", bytes)
  expect(theirs.name).toBe("third.png")
  expect(await stored(hashOf(bytes))).toHaveLength(1)
})

test("the limit is the limit: one byte more leaves neither row nor bytes", async ({
  desk: page,
  person,
}) => {
  const start = ownPng()
  const most = Buffer.concat([start, Buffer.alloc(limits.fileBytes - start.length)])
  const more = Buffer.concat([most, Buffer.alloc(1)])
  expect(await uploaded(page.request, "most.png", most)).toMatchObject({ sizeBytes: most.length })
  const refusal = await upload(page.request, "more.png", more)
  expect(refusal.status()).toBe(413)
  const { error } = await refusal.json()
  expect([error.code, error.message]).toEqual(["too_large", expect.stringContaining("100 MB")])
  const announced = await upload(page.request, "much.png", Buffer.concat([more, Buffer.alloc(9e5)]))
  expect(announced.status()).toBe(413)
  expect(await rowsOf(person, `"name"`)).toEqual([{ name: "most.png" }])
  expect(await stored(hashOf(most))).toHaveLength(1)
  expect(await stored(hashOf(more))).toHaveLength(0)
})

test("what cannot be used is refused with words, and leaves nothing", async ({
  desk: page,
  person,
}) => {
  const program = Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01\0", "latin1"), randomBytes(64)])
  const bomb = Buffer.from(ownPng())
  bomb.writeUInt32BE(30_000, 16)
  bomb.writeUInt32BE(30_000, 20)
  for (const [bytes, status, words] of [
    [program, 400, "Attach a picture"],
    [Buffer.of(), 400, "empty"],
    [bomb, 413, "million pixels"],
  ] as const) {
    const refusal = await upload(page.request, "a.png", bytes)
    expect([refusal.status(), (await refusal.json()).error.message]).toEqual([
      status,
      expect.stringContaining(words),
    ])
    expect(await stored(hashOf(bytes))).toEqual([])
  }
  const post = (headers: Record<string, string>, data: string) =>
    page.request.post("/api/files", { headers: { ...sameOrigin, ...headers }, data })
  expect((await post({ "content-type": "text/plain" }, "x")).status()).toBe(415)
  const cut = { "content-type": "multipart/form-data; boundary=b" }
  const head = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
  expect((await post(cut, `${head}half`)).status()).toBe(400)
  expect((await post(cut, `${head}whole\r\n--b--`)).status()).toBe(201)
  const foreign = await page.request.post("/api/files", {
    headers: { origin: "https://evil.example" },
    multipart: { file: { name: "a.png", mimeType: "image/png", buffer: ownPng() } },
  })
  expect(foreign.status()).toBe(403)
  expect(await rowsOf(person, `"name"`)).toEqual([{ name: "a.txt" }])
})

test("a person's space is counted once for all who upload at the same time", async ({
  desk: page,
  person,
  playwright,
}) => {
  const fill = (email: string, files: number, sizeBytes: number) =>
    query(
      databaseUrl,
      `INSERT INTO "File" ("id", "userId", "sha256", "name", "mediaType", "sizeBytes", "source")
       SELECT md5(u."id" || n), u."id", repeat('0', 64), 'old', 'text/plain', ${sizeBytes}, 'upload'
       FROM "User" u, generate_series(1, ${files}) n WHERE u."email" = '${email}'`,
    )
  await fill(person.email, limits.filesPerUser - 1, 1)
  const all = await Promise.all(
    Array.from({ length: 5 }, () => upload(page.request, "last.png", ownPng())),
  )
  expect(all.map((response) => response.status()).sort()).toEqual([201, 413, 413, 413, 413])

  // Bytes are counted too; and what somebody else has stays where it is when it is refused here.
  const full = await playwright.request.newContext({ baseURL: site })
  const other = await signUp(full)
  await signIn(full, other.email)
  await fill(other.email, limits.filesBytesPerUser / limits.fileBytes, limits.fileBytes)
  await query(databaseUrl, `DELETE FROM "File" WHERE "name" = 'old' AND "sizeBytes" = 1`)
  const bytes = ownPng()
  const kept = await uploaded(page.request, "kept.png", bytes)
  const refusal = await upload(full, "more.png", bytes)
  expect([refusal.status(), (await refusal.json()).error.code]).toEqual([413, "storage_full"])
  expect((await (await page.request.get(contentOf(kept))).body()).equals(bytes)).toBe(true)
  const own = ownPng()
  expect((await upload(full, "more.png", own)).status()).toBe(413)
  expect(await stored(hashOf(own))).toEqual([])
})

test("a disk that takes nothing is told in words and leaves no row", async ({ playwright }) => {
  const DATA_DIR = test.info().outputPath("no-folder")
  await writeFile(DATA_DIR, "a file where a folder should be")
  const database = await createDatabase()
  const server = await Server.start(ownServer(database, DATA_DIR))
  const request = await playwright.request.newContext({ baseURL: server.site })
  await signIn(request, (await signUp(request)).email)
  const refusal = await upload(request, "a.png", ownPng())
  expect([refusal.status(), (await refusal.json()).error.code]).toEqual([
    503,
    "storage_unavailable",
  ])
  expect(await query(database, 'SELECT * FROM "File"')).toEqual([])
  expect((await new Api(request).send("GET", "/api/conversations")).status()).toBe(200)
  await server.end("SIGKILL")
})
