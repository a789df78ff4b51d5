import { test as base, expect, type Page } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { Api } from "./api"
import { type Person, settleIn } from "./people"
import { Simulator } from "./simulator"

type Fixtures = {
  simulator: Simulator
  /** A word that appears in this test only: questions with it meet this test's rules and no other's. */
  mark: string
  /** A person of this test's own, signed in on `page`. */
  person: Person
  /** The page of that person. */
  desk: Page
  /** That person's calls to our routes, as their browser would make them. */
  api: Api
  /** What the page may complain about: errors that the test provokes. */
  expectedErrors: RegExp[]
}

export const test = base.extend<Fixtures>({
  expectedErrors: [[], { option: true }],
  mark: async ({ browserName }, use) => use(`${browserName}-${newId()}`),
  simulator: async ({ request }, use) =>
    use(new Simulator(process.env.SIMULATOR_URL ?? "", request)),
  person: async ({ context }, use) => use(await settleIn(context)),
  desk: async ({ page, person: _signedIn }, use) => use(page),
  // Without a page, which many of its users have no use for.
  api: async ({ context, person: _signedIn }, use) => use(new Api(context.request)),
  page: async ({ page, expectedErrors }, use) => {
    const complaints = watch(page)
    await use(page)
    const unexpected = complaints.filter(
      (text) => !expectedErrors.some((known) => known.test(text)),
    )
    expect(unexpected, "errors in the browser's console").toEqual([])
  },
})
export { expect }

function watch(page: Page): string[] {
  const complaints: string[] = []
  page.on("pageerror", (error) => complaints.push(String(error)))
  page.on("console", (message) => {
    // Failed requests are told below, with their address.
    const isRequest = message.text().startsWith("Failed to load resource")
    if (message.type() === "error" && !isRequest) complaints.push(message.text())
  })
  page.on("response", (response) => {
    const { pathname } = new URL(response.url())
    if (response.status() >= 400) complaints.push(`${response.status()} ${pathname}`)
  })
  return complaints
}

/** The box to write in, on a page that is alive or not. */
export const composer = (page: Page) => page.getByRole("textbox", { name: "Message" })

/** Writes a question and sends it. */
export async function ask(page: Page, question: string): Promise<void> {
  await composer(page).fill(question)
  await composer(page).press("Enter")
}

/** The answers of the branch that is shown, and the last of them once it has ended. */
export const articles = (page: Page) => page.getByRole("log").getByRole("article")

export async function finished(page: Page) {
  await expect(page.getByRole("log")).toBeVisible()
  await expect(articles(page).last()).toHaveAttribute("aria-busy", "false", { timeout: 30_000 })
  // A short answer may be there before a new conversation has its own address.
  await expect(page).toHaveURL(/\/conversations\//)
  return articles(page).last()
}

/** The same with its formulas drawn, which comes a moment after the words. */
export async function typeset(page: Page) {
  const answer = await finished(page)
  await expect(answer).not.toContainText("$$")
  return answer
}

/** Keeps a page from becoming alive until the function that is given back is called. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held
    await route.continue()
  })
  return release
}

/** Chooses the model that answers, by its id. */
export async function chooseModel(page: Page, id: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(id)
  await page.locator(`[role="option"][data-model-id="${id}"]`).click()
}
