import type { Page } from "@playwright/test"
import { ask, expect, test } from "./fixtures"
import { sampleFiles } from "./made-up"
import { signIn, signUp } from "./people"

const picture = "flux/dev"
const film = "openai/sora-2-pro-t2v"

async function choose(page: Page, id: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await add(page, id)
}

/** In the open list of models. */
async function add(page: Page, id: string): Promise<void> {
  await page.getByRole("searchbox", { name: "Search models" }).fill(id)
  await page.locator(`[data-model-id="${id}"]`).click()
}

const prompt = (page: Page) => page.getByRole("textbox", { name: "Description" })
const create = (page: Page) => page.getByRole("button", { name: /^Create/ })
const results = (page: Page) => page.getByRole("region", { name: "Results" }).getByRole("article")

test("a picture is made with a changed setting, for the price that was told before", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await page.goto("/studio")
  await page.getByRole("link", { name: /^Image/ }).click()
  await expect(page.getByRole("heading", { name: "Image" })).toBeVisible()
  await choose(page, picture)
  await expect(create(page)).toHaveText("Create · ≈ $0.06")
  await prompt(page).fill(`A lighthouse ${mark}`)
  await page.getByRole("spinbutton", { name: "Num images" }).fill("2")
  await expect(create(page)).toHaveText("Create · ≈ $0.12")
  await expect(create(page)).toHaveAttribute("title", /by the vendor's list: 2 pictures$/)
  await create(page).click()

  const result = results(page).first()
  await expect(result).toHaveAttribute("aria-busy", "false", { timeout: 30_000 })
  await expect(result).toHaveAccessibleName(`FLUX.1 [dev]: A lighthouse ${mark}`)
  await expect(result.getByRole("img")).toHaveCount(2)
  await expect(result.getByRole("link", { name: /^Download / })).toHaveCount(2)
  await expect(result.getByText(/^FLUX\.1 \[dev\] · .* s · \$0\.12$/)).toBeVisible()
  const [sent] = await simulator.requests(mark)
  expect(sent).toMatchObject({ valid: true, body: { model: picture, num_images: 2 } })
  await result.getByText("Settings that were sent").click()
  await expect(result.getByRole("definition").filter({ hasText: /^2$/ })).toBeVisible()
  // What was written stays, for the next try.
  await expect(prompt(page)).toHaveValue(`A lighthouse ${mark}`)

  await page.reload()
  await expect(result.getByRole("img")).toHaveCount(2)
  await prompt(page).fill("Something else")
  await page.getByRole("button", { name: "Reset all settings" }).click()
  await expect(create(page)).toHaveText("Create · ≈ $0.06")
  await result.getByRole("button", { name: "Use these settings again" }).click()
  await expect(prompt(page)).toHaveValue(`A lighthouse ${mark}`)
  await expect(page.getByRole("spinbutton", { name: "Num images" })).toHaveValue("2")
})

test("a film shows how far it is, outlives a reload and is there in the end", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 500, generatingMs: 6_000 })
  await page.goto("/studio/video")
  await choose(page, film)
  await prompt(page).fill(`Waves ${mark}`)
  await page.getByRole("radio", { name: "720p" }).check({ force: true })
  await expect(create(page)).toHaveAttribute("title", /: 4 s at 720p$/)
  const told = (await create(page).textContent())?.replace("Create · ≈ ", "") ?? ""
  await create(page).click()
  const result = results(page).first()
  await expect(result).toHaveAttribute("aria-busy", "true")
  await expect(result.getByRole("progressbar", { name: "Progress" })).toBeVisible()
  await expect(result.getByText(`Waves ${mark}`)).toBeVisible()
  await page.reload()
  await expect(result.getByRole("progressbar", { name: "Progress" })).toBeVisible()
  await expect(result.locator("video")).toBeVisible({ timeout: 40_000 })
  await expect(result.getByText(new RegExp(` s · \\${told}0*$`))).toBeVisible()
  await expect(results(page)).toHaveCount(1)
  expect(await simulator.requests(mark)).toHaveLength(1)
})

test("what fails says why, and what was asked for stays", async ({
  desk: page,
  simulator,
  mark,
}) => {
  const error = { name: "content_policy", message: "The scene was refused." }
  await simulator.rule(mark, { name: "job", error })
  await page.goto("/studio/video")
  await choose(page, film)
  await create(page).click()
  await expect(page.getByRole("alert").filter({ hasText: "Write something first." })).toBeVisible()
  await expect(results(page)).toHaveCount(0)
  await prompt(page).fill(`A scene ${mark}`)
  await create(page).click()
  const result = results(page).first()
  await expect(result).toHaveAttribute("aria-busy", "false", { timeout: 30_000 })
  await expect(result.getByRole("status")).toContainText(/refused|declined|did not/i)
  await expect(prompt(page)).toHaveValue(`A scene ${mark}`)
})

test("a text is read aloud for the price of its letters; a scan is read", async ({
  desk: page,
}) => {
  await page.goto("/studio/speech")
  await choose(page, "#g1_aura-2-apollo-en")
  await expect(create(page)).toHaveText("Create")
  await page.getByRole("textbox").first().fill("Good evening to everybody.")
  await expect(create(page)).toHaveAttribute("title", /: 26 characters$/)
  await create(page).click()
  const result = results(page).first()
  await expect(result.locator("audio")).toBeVisible({ timeout: 30_000 })

  await page.goto("/studio/document")
  await expect(page.getByText(/^Takes /)).toBeVisible()
  await create(page).click()
  await expect(page.getByRole("alert").filter({ hasText: /^Attach / })).toBeVisible()
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach files" }).click()
  await (await chooser).setFiles(sampleFiles.document)
  await expect(page.getByText(/^PDF · /)).toBeVisible()
  await expect(create(page)).toHaveText(/^Create · from \$/)
  await create(page).click()
  await expect(result).toContainText("A page to be read", { timeout: 30_000 })
  await result.getByRole("button", { name: "Use these settings again" }).click()
  await expect(page.getByRole("button", { name: "Remove page.pdf" })).toHaveCount(1)
})

test("it all goes by keys, and on a phone", async ({ desk: page, mark }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto("/studio/image")
  const model = page.getByRole("button", { name: "Model", exact: true })
  await expect(model).toBeEnabled()
  await model.press("Enter")
  await page.getByRole("searchbox", { name: "Search models" }).fill("FLUX.1 [dev]")
  await expect(page.getByRole("option").first()).toHaveAccessibleName(/^FLUX\.1 \[dev\], /)
  await page.keyboard.press("Enter")
  await expect(model).toBeFocused()
  await page.keyboard.press("Tab")
  await expect(prompt(page)).toBeFocused()
  await page.keyboard.type(`A pier ${mark}`)
  await page.keyboard.press("Control+Enter")
  await expect(results(page).first().getByRole("img")).toBeVisible({ timeout: 30_000 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(390)
})

test("nobody sees what others made, and no kind is no page", async ({ desk: page, api, mark }) => {
  await api.generation({ model: picture, text: `Mine ${mark}` })
  await page.goto("/studio/image")
  // Done, so that the page does not ask for it any more when somebody else signs in.
  await expect(results(page).first().getByRole("img")).toBeVisible({ timeout: 30_000 })
  await page.goto("about:blank")
  const stranger = await signUp(page.request)
  await signIn(page.request, stranger.email)
  await page.goto("/studio/image")
  await expect(page.getByText("What you create stands here.")).toBeVisible()
  await expect(results(page)).toHaveCount(0)
  // An open page would notice, and say so in the console.
  await page.goto("about:blank")
  await page.context().clearCookies()
  await page.goto("/studio/image")
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fstudio%2Fimage/)
})

test("two pictures and a film are held against each other, with their time and their price", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", generatingMs: 2_000 })
  await page.goto("/")
  await choose(page, picture)
  const price = page.getByTitle(/^What this will cost/)
  await expect(price).toHaveText("≈ $0.06")
  for (const id of ["alibaba/qwen-image-2-0", film]) {
    await page.getByRole("button", { name: "Compare" }).click()
    await add(page, id)
  }
  await expect(price).toHaveAttribute("title", /: 1 picture \+ 1 picture \+ 4 s at 1080p$/)
  await ask(page, `A harbour ${mark}`)
  const columns = page.getByRole("region", { name: "3 answers side by side" }).getByRole("article")
  await expect(columns).toHaveCount(3)
  await expect(columns.nth(2).getByRole("progressbar", { name: "Progress" })).toBeVisible()
  for (const index of [0, 1, 2]) {
    const column = columns.nth(index)
    await expect(column).toHaveAttribute("aria-busy", "false", { timeout: 40_000 })
    await expect(column.locator("img, video").first()).toBeVisible()
    await expect(column.getByText(/^\d+(\.\d)? s · \$\d/)).toBeVisible()
  }
})
