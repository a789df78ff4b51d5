import { randomBytes } from "node:crypto"
import { mkdir, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { APIRequestContext } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { limits } from "@/lib/base/limits"
import { articles, ask, composer, expect, finished, test } from "./fixtures"
import { sameOrigin, signIn, signUp, site } from "./people"
import { createDatabase, query, Server } from "./server"
import { contentOf, hashOf, ownPng, ownServer, stored, uploaded } from "./uploads"

const databaseUrl = process.env.DATABASE_URL ?? ""

test("what is deleted is gone for good; bytes that others have stay until the last file of them goes", async ({
  desk: page,
  playwright,
}) => {
  const [bytes, more] = [ownPng(), ownPng()]
  const sha256 = hashOf(bytes)
  await query(
    databaseUrl,
    `INSERT INTO "FileText" ("sha256", "text", "isCut") VALUES ('${sha256}', 'x', false)`,
  )
  const texts = () => query(databaseUrl, `SELECT 1 FROM "FileText" WHERE "sha256" = '${sha256}'`)
  const [first, second, third] = [
    await uploaded(page.request, "first.png", bytes),
    await uploaded(page.request, "second.png", bytes),
    await uploaded(page.request, "third.png", more),
  ]
  const other = await playwright.request.newContext({ baseURL: site })
  await signIn(other, (await signUp(other)).email)
  const theirs = await uploaded(other, "theirs.png", bytes)
  const remove = async (request: APIRequestContext, ...ids: string[]) => {
    const [id = ""] = ids
    const response = await (ids.length === 1
      ? request.delete(`/api/files/${id}`, { headers: sameOrigin })
      : request.delete("/api/files", { headers: sameOrigin, data: { ids } }))
    return response.status()
  }
  expect(await remove(page.request, first.id)).toBe(204)
  for (const end of ["", "/content"]) {
    expect((await page.request.get(`/api/files/${first.id}${end}`)).status()).toBe(404)
  }
  expect(await remove(page.request, first.id)).toBe(404)

  // Not of others, and of several all or none.
  expect(await remove(other, second.id)).toBe(404)
  expect(await remove(other, theirs.id, second.id)).toBe(404)
  expect(await remove(page.request, second.id, third.id, theirs.id)).toBe(404)
  for (const [request, { id }] of [
    [page.request, second],
    [page.request, third],
    [other, theirs],
  ] as const) {
    expect((await request.get(`/api/files/${id}/content`)).status()).toBe(200)
  }
  expect(await remove(page.request, second.id, third.id)).toBe(204)
  expect(await stored(hashOf(more))).toEqual([])
  expect(await stored(sha256)).toHaveLength(1)
  expect(await texts()).toHaveLength(1)
  expect((await (await other.get(contentOf(theirs))).body()).equals(bytes)).toBe(true)
  expect(await remove(other, theirs.id)).toBe(204)
  expect(await stored(sha256)).toEqual([])
  expect(await texts()).toEqual([])

  const many = Array.from({ length: limits.filesDeleted + 1 }, newId)
  const bodies = [{ ids: many }, { ids: [] }, { ids: "all" }, { ids: [{ not: "" }] }, {}]
  for (const data of bodies) {
    const refusal = await page.request.delete("/api/files", { headers: sameOrigin, data })
    expect(refusal.status()).toBe(400)
  }
})

test.describe("a file that is shown", () => {
  test.use({ expectedErrors: [/503 .*\/content/] })

  test("and deleted says so in its place, and the conversation goes on", async ({
    desk: page,
    mark,
  }) => {
    await page.goto("/")
    const chooser = page.waitForEvent("filechooser")
    await page.getByRole("button", { name: "Attach files" }).click()
    const list = { name: "list.txt", mimeType: "text/plain", buffer: Buffer.from("Red rope.") }
    await (await chooser).setFiles([
      { name: "a.md", mimeType: "text/plain", buffer: Buffer.from("# A title") },
      list,
    ])
    await expect(page.getByRole("button", { name: /^Remove / })).toHaveCount(2)
    await composer(page).fill(`What is to be brought? ${mark}`)
    await page.getByRole("button", { name: "Send" }).click()
    await finished(page)
    await expect(page).toHaveURL(/\/conversations\//)
    const shown = articles(page).first().getByRole("list", { name: "Files" })
    await expect(shown.getByRole("link")).toHaveCount(2)
    const href = (await shown.getByRole("link", { name: /list\.txt/ }).getAttribute("href")) ?? ""
    const gone = await page.request.delete(href.replace("/content", ""), { headers: sameOrigin })
    expect(gone.status()).toBe(204)
    await page.reload()
    await expect(
      shown.getByRole("listitem").filter({ hasText: "This file was deleted" }),
    ).toHaveText(/list\.txt/)
    await expect(shown.getByRole("link")).toHaveCount(1)
    await ask(page, `And what else? ${mark}`)
    await expect(articles(page)).toHaveCount(4)
    const answer = await finished(page)
    await expect(answer.getByRole("alert")).toHaveCount(0)
    await expect(answer).toContainText("list.txt was not given to the model: it was deleted.")
    // Asked anew, the question has what is left.
    await articles(page).first().hover()
    await articles(page).first().getByRole("button", { name: "Edit" }).click()
    await expect(page.getByRole("list", { name: "Files" }).getByRole("listitem")).toHaveCount(1)
    await page.getByRole("button", { name: "Ask again" }).click()
    await expect(articles(page)).toHaveCount(2)
    await expect((await finished(page)).getByRole("alert")).toHaveCount(0)
  })

  test("and does not load is a link to it", async ({ desk: page, api, mark }) => {
    const { id, ...facts } = await uploaded(page.request, "garden.png", ownPng())
    const parts = [{ type: "file", fileId: id, ...facts }]
    await api.turn(mark, "", { message: { parts } })
    await page.route("**/content", (route) => route.fulfill({ status: 503 }))
    await page.goto("/")
    const list = page.getByRole("navigation", { name: "Conversations" })
    await list.getByRole("listitem").getByRole("link").click()
    const question = articles(page).first()
    await expect(question.getByRole("link", { name: /garden\.png/ })).toBeVisible()
    await expect(question.getByRole("img")).toHaveCount(0)
  })
})

test("bytes without a file go after an hour: of deleted people, of nobody; what has a file or is young stays", async ({
  playwright,
}) => {
  const dataDir = test.info().outputPath("data")
  const database = await createDatabase()
  const age = async (sha256: string, hours: number) => {
    const then = new Date(Date.now() - hours * 3_600_000)
    await utimes(join(dataDir, "files", sha256.slice(0, 2), sha256.slice(2)), then, then)
  }
  const put = async (sha256: string, hours: number) => {
    await mkdir(join(dataDir, "files", sha256.slice(0, 2)), { recursive: true })
    await writeFile(join(dataDir, "files", sha256.slice(0, 2), sha256.slice(2)), "x")
    await age(sha256, hours)
  }
  const server = await Server.start(ownServer(database, dataDir))
  const people = await Promise.all(
    ["stays", "goes"].map(async () => {
      const request = await playwright.request.newContext({ baseURL: server.site })
      const { email } = await signUp(request)
      await signIn(request, email)
      const bytes = ownPng()
      const { id } = await uploaded(request, "a.png", bytes)
      await age(hashOf(bytes), 2)
      return { request, email, id, sha256: hashOf(bytes) }
    }),
  )
  const [stays, goes] = people
  if (!stays || !goes) throw new Error("nobody came")
  await server.end("SIGTERM")
  await query(
    database,
    `INSERT INTO "FileText" ("sha256", "text", "isCut") VALUES ('${goes.sha256}', 'x', false);
     DELETE FROM "User" WHERE "email" = '${goes.email}'`,
  )
  const [old, young] = [hashOf(randomBytes(8)), hashOf(randomBytes(8))]
  await put(old, 1.1)
  await put(young, 0.9)

  // A database that knows nothing of all this must not have it swept.
  const stranger = await Server.start(ownServer(await createDatabase(), dataDir))
  await expect.poll(() => stranger.output).toContain("files-of-another-installation")
  await stranger.end("SIGTERM")
  expect(await stored(old, dataDir)).toHaveLength(1)

  const restarted = await Server.start(
    ownServer(database, dataDir),
    Number(new URL(server.site).port),
  )
  await expect.poll(() => restarted.output).toContain('"event":"files-swept","count":2')
  for (const [sha256, count] of [
    [old, 0],
    [goes.sha256, 0],
    [young, 1],
    [stays.sha256, 1],
  ] as const) {
    expect(await stored(sha256, dataDir)).toHaveLength(count)
  }
  expect(await query(database, 'SELECT * FROM "FileText"')).toEqual([])
  expect((await stays.request.get(`/api/files/${stays.id}/content`)).status()).toBe(200)
  await restarted.end("SIGTERM")
})
