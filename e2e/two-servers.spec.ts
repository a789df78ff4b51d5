import type { Browser, BrowserContext, Page } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { articles, ask, composer, expect, finished, test } from "./fixtures"
import { password } from "./people"
import { createDatabase, Server } from "./server"

// Two processes on one database behave as one.

test.describe.configure({ mode: "parallel" })

const environment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  AUTH_SECRET: "a secret of thirty-two characters or more",
  AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
  DATA_DIR: test.info().outputPath("data"),
})

type Pair = { a: Server; b: Server; onA: Page; onB: Page; context: BrowserContext }

/** One person with a page at each of two servers; a browser's cookies do not tell ports apart. */
async function startPair(browser: Browser): Promise<Pair> {
  const env = environment(await createDatabase())
  const [a, b] = await Promise.all([Server.start(env), Server.start(env)])
  const context = await browser.newContext()
  const onA = await context.newPage()
  await onA.goto(`${a.site}/sign-up`)
  await onA.getByRole("textbox", { name: "Name" }).fill("Ada")
  await onA.getByRole("textbox", { name: "Email" }).fill(`${newId()}@example.com`)
  await onA.getByRole("textbox", { name: "Password" }).fill(password)
  await onA.getByRole("button", { name: "Create account" }).click()
  await expect(composer(onA)).toBeVisible()
  const onB = await context.newPage()
  await onB.goto(b.site)
  await expect(composer(onB)).toBeVisible()
  return { a, b, onA, onB, context }
}

const words = (page: Page) => articles(page).last().getByRole("paragraph").allInnerTexts()

async function hasParagraphs(page: Page, least: number): Promise<void> {
  await expect(
    articles(page)
      .last()
      .getByRole("paragraph")
      .nth(least - 1),
  ).toBeVisible({
    timeout: 20_000,
  })
}

test("an answer begun on one server is followed live on the other, and stopped from there", async ({
  browser,
  simulator,
  mark,
}) => {
  const { a, b, onA, onB, context } = await startPair(browser)
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60 })
  await ask(onA, `Give me a long text ${mark}`)
  await hasParagraphs(onA, 2)
  // The side bar of the other server's page hears of it by itself.
  const list = onB.getByRole("navigation", { name: "Conversations" })
  const link = list.getByRole("link", { name: /Give me a long text/ })
  await link.click()
  await hasParagraphs(onB, 2)
  const early = (await words(onB)).join("")
  await expect
    .poll(async () => (await words(onB)).join("").length)
    .toBeGreaterThan(early.length + 80)
  await expect(articles(onB).last()).toHaveAttribute("aria-busy", "true")
  await onB.getByRole("button", { name: "Stop" }).click()
  await expect(await finished(onB)).toContainText("Stopped")
  const closed = async () => (await simulator.requests(mark))[0]?.closedByClientAt
  await expect.poll(closed, { timeout: 2_000 }).toBeTruthy()
  await expect(await finished(onA)).toContainText("Stopped")
  const [shownOnA, shownOnB] = [await words(onA), await words(onB)]
  expect(shownOnA).toEqual(shownOnB)
  await onA.reload()
  await finished(onA)
  expect(await words(onA)).toEqual(shownOnB)
  expect(await simulator.requests(mark)).toHaveLength(1)
  await context.close()
  await Promise.all([a.end("SIGTERM"), b.end("SIGTERM")])
})

test("a server killed in mid-answer: the other shows what came, goes on with it, and nothing is lost or twice", async ({
  browser,
  simulator,
  mark,
}) => {
  test.setTimeout(120_000)
  const { a, b, onA, onB, context } = await startPair(browser)
  // What the model says to this question, whole and at once, in another conversation.
  const question = `Give me a long text ${mark}`
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 3_000, times: 1 })
  await ask(onB, question)
  const answered = (await finished(onB)).getByRole("paragraph")
  // Mathematics are set once their library is there.
  await expect(answered.filter({ hasText: /\$[^$\d]+\$/ })).toHaveCount(0)
  const whole = (await answered.allInnerTexts()).join("\n")
  await onB.getByRole("button", { name: "New chat" }).click()

  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60, times: 1 })
  await ask(onA, question)
  await expect(onA).toHaveURL(/conversations/)
  await hasParagraphs(onA, 3)
  const path = new URL(onA.url()).pathname
  await onB.goto(b.site + path)
  await hasParagraphs(onB, 3)
  const seen = (await words(onB)).slice(0, 2).join("\n")
  await a.end("SIGKILL")
  await expect(articles(onB).last()).toContainText("This answer was interrupted", {
    timeout: 30_000,
  })
  const kept = (await words(onB)).join("\n")
  expect(kept.startsWith(seen)).toBe(true)
  await simulator.rule("Go on exactly where it stopped", { name: "speed", tokensPerSecond: 3_000 })
  await onB.getByRole("button", { name: "Continue" }).click()
  await expect(articles(onB).last()).toContainText("2/2", { timeout: 30_000 })
  await finished(onB)
  await expect.poll(async () => (await words(onB)).join("\n")).toBe(whole)
  await onB.reload()
  await expect(articles(onB)).toHaveCount(2)
  await expect.poll(async () => (await words(onB)).join("\n")).toBe(whole)
  await context.close()
  await b.end("SIGTERM")
})
