import { randomBytes } from "node:crypto"
import { readdir } from "node:fs/promises"
import { join } from "node:path"
import type { Locator } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { BucketServer } from "../conformance/bucket-server"
import { articles, composer, expect, finished, test } from "./fixtures"
import { password, sameOrigin, signIn, signUp } from "./people"
import { createDatabase, query, Server } from "./server"
import { hashOf, ownServer, png, upload } from "./uploads"

// Files in a bucket, before a server of its own.

test.describe.configure({ mode: "parallel" })

let bucket: BucketServer
test.beforeEach(async () => {
  bucket = await BucketServer.start()
})
test.afterEach(() => bucket.close())

const environment = (databaseUrl: string, folder: string) => ({
  ...ownServer(databaseUrl, test.info().outputPath(folder)),
  ...bucket.environment,
  S3_PREFIX: "chat/",
})
const widthOf = (picture: Locator) =>
  picture.evaluate((element) => (element as HTMLImageElement).naturalWidth)
/** A picture that nobody else has. */
const ownPicture = (moreBytes = 16) => Buffer.concat([png(10, 10), randomBytes(moreBytes)])

test("a picture outlives the server and its folder, reaches the model, and is given in ranges", async ({
  browser,
  simulator,
  mark,
}) => {
  const databaseUrl = await createDatabase()
  const server = await Server.start({ ...environment(databaseUrl, "first"), AUTH_URL: "" })
  const context = await browser.newContext({ baseURL: server.site })
  const page = await context.newPage()
  await page.goto("/sign-up")
  await page.getByRole("textbox", { name: "Name" }).fill("Ada")
  await page.getByRole("textbox", { name: "Email" }).fill(`${newId()}@example.com`)
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("button", { name: "Create account" }).click()
  await expect(composer(page)).toBeVisible()
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("google/gemini-3.5-flash-lite")
  await page.getByRole("option").first().click()
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach files" }).click()
  const bytes = ownPicture(400_000)
  await (await chooser).setFiles({ name: "garden.png", mimeType: "image/png", buffer: bytes })
  await expect(page.getByRole("button", { name: "Remove garden.png" })).toBeVisible()
  await composer(page).fill(`What is this? ${mark}`)
  // Pressed once the file is there.
  await page.getByRole("button", { name: "Send" }).click()
  await finished(page)
  await expect(page).toHaveURL(/\/conversations\//)
  const sent = JSON.stringify((await simulator.requests(mark)).at(-1)?.body)
  // Shortened in the log: its beginning, some random bytes among it, and its length.
  const data = `data:image/png;base64,${bytes.toString("base64")}`
  expect(sent).toContain(`${data.slice(0, 200)}… (${data.length} characters)`)
  expect(bucket.objects.get(`chat/${hashOf(bytes)}`)?.bytes.equals(bytes)).toBe(true)
  expect(await readdir(test.info().outputPath("first", "files", "incoming"))).toEqual([])
  const path = new URL(page.url()).pathname
  const storageState = await context.storageState()
  await context.close()
  await server.end("SIGTERM")

  const port = Number(new URL(server.site).port)
  const restarted = await Server.start(
    { ...environment(databaseUrl, "second"), AUTH_URL: "" },
    port,
  )
  // A browser that has nothing kept.
  const later = await browser.newContext({ baseURL: server.site, storageState })
  const again = await later.newPage()
  await again.goto(path)
  const picture = articles(again).first().getByRole("img", { name: "garden.png" })
  await expect.poll(() => widthOf(picture)).toBe(10)
  const address = (await picture.getAttribute("src")) ?? ""
  const part = await later.request.get(address, { headers: { range: "bytes=1000-300999" } })
  expect([part.status(), part.headers()["content-range"]]).toEqual([
    206,
    `bytes 1000-300999/${bytes.length}`,
  ])
  expect((await part.body()).equals(bytes.subarray(1000, 301_000))).toBe(true)
  expect(part.headers()).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
  })
  await later.close()
  await restarted.end("SIGTERM")
})

test("a bucket that fails is told in words and leaves no row; afterwards it works, and what is deleted is gone", async ({
  playwright,
}) => {
  const databaseUrl = await createDatabase()
  const server = await Server.start(environment(databaseUrl, "data"))
  const request = await playwright.request.newContext({ baseURL: server.site })
  await signIn(request, (await signUp(request)).email)
  // The sweep of the start is over.
  await expect.poll(() => bucket.calls).toContain("GET")
  const bytes = ownPicture()
  const away = { status: 503, code: "SlowDown" }
  // Twice for the look whether it is there, and for the removal of what may have come.
  bucket.refusals.push(away, away, away, away)
  const refusal = await upload(request, "a.png", bytes)
  expect([refusal.status(), (await refusal.json()).error.code]).toEqual([
    503,
    "storage_unavailable",
  ])
  await expect.poll(() => server.output).toContain("SlowDown")
  expect(server.output).not.toContain(bucket.access.secretAccessKey)
  expect(await query(databaseUrl, 'SELECT * FROM "File"')).toEqual([])
  const incoming = join(test.info().outputPath("data"), "files", "incoming")
  expect(await readdir(incoming)).toEqual([])
  expect((await request.get("/api/conversations")).status()).toBe(200)

  const response = await upload(request, "a.png", bytes)
  expect(response.status()).toBe(201)
  const address = `/api/files/${(await response.json()).id}`
  bucket.refusals.push(away, away)
  expect((await request.get(`${address}/content`)).status()).toBe(503)
  expect(await (await request.get(`${address}/content`)).body()).toEqual(bytes)
  expect((await request.delete(address, { headers: sameOrigin })).status()).toBe(204)
  expect([...bucket.objects.keys()]).toEqual(["chat/installation"])
  await request.dispose()
  await server.end("SIGTERM")
})

test("old bytes without a file are swept from the bucket, unless it is another installation's", async () => {
  const [old, young] = ["0".repeat(64), "1".repeat(64)]
  const put = (hash: string, ageHours: number) =>
    bucket.objects.set(`chat/${hash}`, {
      bytes: Buffer.from("x"),
      storedAt: new Date(Date.now() - ageHours * 3_600_000),
    })
  put(old, 2)
  put(young, 0.5)
  put("notes.txt", 2)
  const first = await Server.start(environment(await createDatabase(), "first"))
  await expect.poll(() => bucket.objects.has(`chat/${old}`)).toBe(false)
  await first.end("SIGTERM")
  put(old, 2)
  const stranger = await Server.start(environment(await createDatabase(), "second"))
  await expect.poll(() => stranger.output).toContain("files-of-another-installation")
  await stranger.end("SIGTERM")
  expect([...bucket.objects.keys()].sort()).toEqual(
    [old, young, "installation", "notes.txt"].map((name) => `chat/${name}`).sort(),
  )
})
