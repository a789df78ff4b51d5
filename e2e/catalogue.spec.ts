import type { Page } from "@playwright/test"
import { enter } from "./enter"
import { articles, composer, expect, finished, test } from "./fixtures"
import { type MadeUp, madeUp, sampleFiles } from "./made-up"
import { createDatabase, Server } from "./server"
import { startUpstream, type Upstream } from "./upstream"

// What the vendor may do to its catalogue at any time, each against an app of its own.

test.describe.configure({ mode: "parallel" })

async function startApp(upstream: Upstream): Promise<Server> {
  return Server.start({
    DATABASE_URL: await createDatabase(),
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: upstream.url,
    DATA_DIR: test.info().outputPath("data"),
  })
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(name)
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click()
  await expect(page.getByRole("button", { name: "Model", exact: true })).toContainText(name)
}

async function useWithMotto(page: Page, { name, text, file }: MadeUp): Promise<void> {
  await page.goto("/")
  await choose(page, name)
  await page.getByRole("button", { name: /^Settings/ }).click()
  const panel = page.getByRole("dialog", { name: "Settings of the model" })
  await panel.getByRole("textbox", { name: "Motto", exact: true }).fill(`Onward with ${name}`)
  await page.keyboard.press("Escape")
  await expect(page.getByRole("button", { name: "Settings, 1 changed" })).toBeVisible()
  if (file) {
    const chooser = page.waitForEvent("filechooser")
    await page.getByRole("button", { name: "Attach files" }).click()
    await (await chooser).setFiles(sampleFiles[file])
    await expect(page.getByRole("button", { name: /^Remove / })).toBeVisible()
  }
  if (text) await composer(page).fill(text)
  await page.getByRole("button", { name: "Send" }).click()
  await expect(articles(page)).toHaveCount(2)
  // A quick answer is there before the page has its own address.
  await expect(page).toHaveURL(/\/conversations\//)
}

test("a model of each kind that nobody has seen before is chosen, set by its own form and used", async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const upstream = await startUpstream()
  for (const { model, operation } of madeUp) {
    const added = await upstream.control("POST", "models", { model, operations: [operation] })
    expect(added.status, await added.text()).toBe(201)
  }
  const app = await startApp(upstream)
  const page = await enter(browser, app.site)
  for (const made of madeUp) {
    await test.step(made.name, async () => {
      await useWithMotto(page, made)
      const answer = await finished(page)
      await expect(answer.getByRole("alert")).toHaveCount(0)
      await made.check(answer)
      await page.reload()
      await made.check(articles(page).last())
    })
  }
  const log = await upstream.control("GET", "requests").then((response) => response.json())
  const mottos = JSON.stringify(log)
  for (const { name } of madeUp) expect(mottos).toContain(`Onward with ${name}`)
  await page.close()
  await app.end("SIGTERM")
  await upstream.close()
})

test("without documents every kind is still asked in its plainest way, and the page says what is missing", async ({
  browser,
}) => {
  const upstream = await startUpstream()
  await upstream.control("PUT", "catalogue", { documentsAreAway: true })
  const app = await startApp(upstream)
  const page = await enter(browser, app.site)
  await page.getByRole("button", { name: /^Settings/ }).click()
  await expect(page.getByRole("dialog", { name: "Settings of the model" })).toContainText(
    "cannot be read right now",
  )
  await page.keyboard.press("Escape")
  await composer(page).fill("repeat exactly: still here")
  await page.getByRole("button", { name: "Send" }).click()
  await expect(await finished(page)).toContainText("still here")
  await page.close()
  await app.end("SIGTERM")
  await upstream.close()
})

test("without a catalogue the last copy serves, and before there was one the page says so", async ({
  browser,
}) => {
  const upstream = await startUpstream()
  await upstream.control("PUT", "catalogue", { isAway: true })
  const app = await startApp(upstream)
  const page = await enter(browser, app.site)
  const picker = page.getByRole("dialog", { name: "Choose a model" })
  // A click on a page that is not alive yet may find nobody.
  await expect(async () => {
    if (!(await picker.isVisible())) {
      await page.getByRole("button", { name: "Model", exact: true }).click()
    }
    await expect(picker).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await expect(picker).toContainText(/cannot be reached right now|list of /)
  await upstream.control("DELETE", "catalogue")
  await page.close()
  await app.end("SIGTERM")
  await upstream.close()
})

test("of two thousand models, some of them broken, the sound ones are offered and found at once", async ({
  browser,
}) => {
  const upstream = await startUpstream()
  await upstream.control("PUT", "catalogue", {
    extraCount: 2_000,
    brokenEntries: true,
    brokenDocuments: ["acme/model-0001"],
  })
  const app = await startApp(upstream)
  const page = await enter(browser, app.site)
  const html = await page.goto("/").then((response) => response?.text())
  expect(html).not.toContain("acme/model-0002")
  await page.getByRole("button", { name: "Model", exact: true }).click()
  const options = page.getByRole("option")
  await expect(options.first()).toBeVisible()
  // However many there are, only what can be seen is drawn.
  expect(await options.count()).toBeLessThan(200)
  await page.getByRole("searchbox", { name: "Search models" }).fill("acme/model-1999")
  await expect(options).toHaveCount(1)
  await page.getByRole("searchbox", { name: "Search models" }).fill("acme/model-0001")
  await options.first().click()
  await page.getByRole("button", { name: /^Settings/ }).click()
  await expect(page.getByRole("dialog", { name: "Settings of the model" })).toContainText(
    /no readable description|cannot be read/,
  )
  await page.close()
  await app.end("SIGTERM")
  await upstream.close()
})
