import AxeBuilder from "@axe-core/playwright"
import type { APIRequestContext, Page } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { limits } from "@/lib/base/limits"
import { Api } from "./api"
import { expect, test } from "./fixtures"
import { sampleFiles } from "./made-up"
import { sameOrigin, signIn, signUp, site } from "./people"
import { query } from "./server"

const items = (page: Page) => page.getByRole("list", { name: "Files" }).getByRole("listitem")

async function upload(request: APIRequestContext, file: (typeof sampleFiles)["audio"]) {
  const response = await request.post("/api/files", {
    headers: sameOrigin,
    multipart: { file },
  })
  expect(response.status()).toBe(201)
  return (await response.json()).id as string
}

/** Has a picture made, unless said otherwise, and waits for it. */
async function make(api: Api, text: string, model = "flux/schnell"): Promise<void> {
  const id = await api.generation({ model, text })
  const status = async () => (await (await api.send("GET", `/api/generations/${id}`)).json()).status
  await expect.poll(status).toBe("complete")
}

test("what was uploaded and made is filtered, searched, looked at and deleted", async ({
  desk: page,
  api,
  mark,
}) => {
  await upload(page.request, sampleFiles.image)
  await upload(page.request, sampleFiles.document)
  await make(api, `A red kite ${mark}`)
  await make(api, `A blue boat ${mark}`)

  await page.goto("/")
  await page.getByRole("link", { name: "Library" }).click()
  await expect(page.getByRole("heading", { name: "Library" })).toBeVisible()
  await expect(items(page)).toHaveCount(4)
  await expect(items(page).first()).toContainText("A blue boat")
  await expect(items(page).last()).toContainText("picture.png")

  await page.getByRole("button", { name: "Documents" }).click()
  await expect(items(page)).toHaveCount(1)
  await expect(page).toHaveURL(/\/library\?kind=document$/)
  await page.reload()
  await expect(items(page)).toHaveText([/page\.pdf/])
  await page.getByRole("button", { name: "All" }).click()
  await page.getByRole("combobox", { name: "Where from" }).selectOption("Uploaded")
  await expect(items(page)).toHaveCount(2)
  await page.getByRole("combobox", { name: "Where from" }).selectOption("Any source")
  await page.getByRole("combobox", { name: "Made by" }).selectOption("flux/schnell")
  await expect(items(page)).toHaveCount(2)
  await page.getByRole("combobox", { name: "Date" }).selectOption("Today")
  await page.getByRole("searchbox", { name: "Search files" }).fill("kite red")
  await expect(items(page)).toHaveText([/A red kite/])
  await page.reload()
  await expect(items(page)).toHaveText([/A red kite/])

  await items(page).getByRole("button").click()
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByText(`A red kite ${mark}`)).toBeVisible()
  await expect(dialog.getByText(/ × .* kB/)).toBeVisible()
  await expect(dialog.getByText("FLUX.1 [schnell]")).toBeVisible()
  await expect(dialog.getByText(/^\$\d/)).toBeVisible()
  const saved = page.waitForEvent("download")
  await dialog.getByRole("button", { name: "Download" }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.(png|jpe?g|webp)$/)
  await page.keyboard.press("Escape")
  await expect(dialog).toHaveCount(0)
  await page.getByRole("searchbox", { name: "Search files" }).fill("nothing is called so")
  await expect(page.getByText("No file fits.")).toBeVisible()
  await page.getByRole("button", { name: "Show all files" }).click()
  await expect(items(page)).toHaveCount(4)
  await expect(page).toHaveURL(/\/library$/)

  await page.getByRole("checkbox", { name: "Select picture.png" }).check()
  await items(page).first().getByRole("checkbox").check()
  await page.getByRole("button", { name: "Delete 2 files" }).click()
  const question = page.getByRole("dialog", { name: "Delete files" })
  await question.getByRole("button", { name: "Delete 2 files" }).click()
  await expect(question).toHaveCount(0)
  await expect(items(page)).toHaveText([/A red kite/, /page\.pdf/])
  await page.reload()
  await expect(items(page)).toHaveText([/A red kite/, /page\.pdf/])
  await page.getByRole("checkbox", { name: "Select all shown" }).check()
  await page.getByRole("button", { name: "Delete 2 files" }).click()
  await question.getByRole("button", { name: "Keep them" }).click()
  await expect(items(page)).toHaveCount(2)
  const names: string[] = []
  page.on("download", (download) => names.push(download.suggestedFilename()))
  await page.getByRole("button", { name: "Download" }).click()
  await expect.poll(() => names.length).toBe(2)

  await items(page).last().getByRole("button").click()
  await dialog.getByRole("button", { name: "Delete" }).click()
  await question.getByRole("button", { name: "Delete 1 file" }).click()
  await expect(dialog).toHaveCount(0)
  await expect(items(page)).toHaveText([/A red kite/])
})

test("what is made while the library is open appears in it", async ({ desk: page, api, mark }) => {
  await page.goto("/library")
  await expect(page.getByText("What you attach")).toBeVisible()
  await make(api, `A green door ${mark}`)
  await expect(items(page)).toHaveText([/A green door/])
})

test("one's files are nobody else's to see or delete", async ({ desk: page, api, browser }) => {
  const id = await upload(page.request, sampleFiles.image)
  const context = await browser.newContext({ baseURL: site })
  await signIn(context.request, (await signUp(context.request)).email)
  const stranger = new Api(context.request)
  expect(await (await stranger.send("GET", "/api/files")).json()).toEqual({
    files: [],
    cursor: null,
  })
  expect((await stranger.send("DELETE", "/api/files", { ids: [id] })).status()).toBe(404)
  const theirs = await context.newPage()
  await theirs.goto("/library")
  await expect(theirs.getByText("What you attach")).toBeVisible()
  await expect(items(theirs)).toHaveCount(0)
  await context.close()
  const { files } = await (await api.send("GET", "/api/files?source=upload&kind=image")).json()
  expect(files).toMatchObject([{ id, name: "picture.png", source: "upload", generation: null }])
  for (const bad of ["cursor=x", "kind=spell", "since=yesterday", "source=theft"]) {
    expect((await api.send("GET", `/api/files?${bad}`)).status(), bad).toBe(400)
  }
})

test("a large library comes a page at a time", async ({ desk: page, person, api }) => {
  const count = limits.filesPerPage * 2 + 5
  await query(
    process.env.DATABASE_URL ?? "",
    `INSERT INTO "File" ("id", "userId", "sha256", "name", "mediaType", "sizeBytes", "source", "createdAt")
     SELECT '${newId()}' || n, "User"."id", repeat('0', 64), 'note ' || n || '.txt', 'text/plain', 5, 'upload',
       now() - make_interval(mins => n / 3)
     FROM "User", generate_series(1, ${count}) n WHERE "email" = '${person.email}'`,
  )
  const seen = new Set<string>()
  let cursor: string | null = ""
  while (cursor !== null) {
    const answer = await api.send("GET", `/api/files${cursor && `?cursor=${cursor}`}`)
    const page: { files: { id: string }[]; cursor: string | null } = await answer.json()
    for (const { id } of page.files) seen.add(id)
    cursor = page.cursor
  }
  expect(seen.size).toBe(count)
  await page.goto("/library")
  await expect(items(page).last()).toBeAttached()
  await expect(async () => {
    await items(page).last().scrollIntoViewIfNeeded()
    expect(await items(page).count()).toBe(count)
  }).toPass()
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0)
})

test.describe("when the list cannot be read", () => {
  test.use({ expectedErrors: [/\/api\/files|ERR_FAILED/] })

  test("the page says so and tries again", async ({ desk: page }) => {
    await upload(page.request, sampleFiles.image)
    await page.goto("/library")
    await expect(items(page)).toHaveCount(1)
    await page.route("**/api/files?**", (route) => route.abort(), { times: 1 })
    await page.getByRole("button", { name: "Videos" }).click()
    await expect(page.getByRole("alert").filter({ hasText: "cannot be reached" })).toBeVisible()
    await page.getByRole("button", { name: "Try again" }).click()
    await expect(page.getByText("No file fits.")).toBeVisible()
  })
})

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: "reduce", viewport: { width: 390, height: 844 } })

    test("on a phone all of it is there, without faults that a machine can find", async ({
      desk: page,
      api,
      mark,
    }) => {
      await upload(page.request, sampleFiles.image)
      await upload(page.request, sampleFiles.audio)
      await make(api, `A red kite ${mark}`)
      await page.goto("/library")
      await expect(items(page)).toHaveCount(3)
      const isWider = () =>
        page.evaluate(() =>
          [document.documentElement, ...document.querySelectorAll("main")].some(
            (box) => box.scrollWidth > box.clientWidth,
          ),
        )
      expect(await isWider()).toBe(false)
      await expectNoFaults(page, "library")
      await page.getByRole("checkbox", { name: "Select all shown" }).check()
      expect(await isWider()).toBe(false)
      await expectNoFaults(page, "selection")
      await items(page).first().getByRole("button").click()
      await expect(page.getByRole("dialog")).toBeVisible()
      await expectNoFaults(page, "dialog")
    })
  })
}

async function expectNoFaults(page: Page, place: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .disableRules(["label-content-name-mismatch"])
    .analyze()
  const faults = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`,
  )
  expect(faults, place).toEqual([])
}

test("a large picture and a film are shown by small ones from the second time on", async ({
  desk: page,
  api,
  mark,
}) => {
  await make(api, `A wide valley ${mark}`)
  await make(api, `A film of it ${mark}`, "kling-video/v1.6/standard/text-to-video")
  const listed = async () => {
    const { files } = await (await api.send("GET", "/api/files")).json()
    return files.map(({ hasPreview }: { hasPreview: boolean }) => hasPreview)
  }
  expect(await listed()).toEqual([false, false])
  await page.goto("/library")
  await expect.poll(listed, { timeout: 20_000 }).toEqual([true, true])
  await page.reload()
  const pictures = items(page).locator("img")
  await expect(pictures).toHaveCount(2)
  for (const picture of await pictures.all()) {
    await expect(picture).toHaveAttribute("src", /\/preview$/)
    const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
    await expect.poll(width).toBeGreaterThan(100)
    expect(await width()).toBeLessThanOrEqual(limits.previewPixels)
  }
  const src = (await pictures.first().getAttribute("src")) ?? ""
  const { headers, status } = await page.request
    .get(src)
    .then((response) => ({ headers: response.headers(), status: response.status() }))
  expect(status).toBe(200)
  expect(headers["x-content-type-options"]).toBe("nosniff")
  expect(headers["content-security-policy"]).toContain("sandbox")
  const large = Buffer.concat([
    Buffer.from("\u00ff\u00d8\u00ff", "latin1"),
    Buffer.alloc(limits.previewBytes),
  ])
  const refused = await page.request.post(src, { headers: sameOrigin, data: large })
  expect(refused.status()).toBe(413)
  const svg = await page.request.post(src, { headers: sameOrigin, data: "<svg onload=alert(1)>" })
  expect(svg.status()).toBe(400)
})
