import type { Page } from "@playwright/test"
import { articles, ask, composer, expect, finished, test } from "./fixtures"

const last = (page: Page) => articles(page).last()

async function chooseModel(page: Page, button: string, name: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(name)
  await page.getByRole("option").first().click()
}

test("an edited question is asked beside the old one; both branches stay and can be shown", async ({
  desk: page,
}) => {
  await page.goto("/")
  await ask(page, "repeat exactly: first")
  await expect(await finished(page)).toContainText("first")
  await ask(page, "repeat exactly: below the first")
  await expect(articles(page)).toHaveCount(4)
  await finished(page)
  // ↑ in the empty box would edit the last one; this is the first.
  await articles(page).first().hover()
  await articles(page).first().getByRole("button", { name: "Edit" }).click()
  const box = page.getByRole("textbox", { name: "Edit question" })
  await expect(box).toHaveValue("repeat exactly: first")
  await box.fill("repeat exactly: second")
  await box.press("Enter")
  await expect(articles(page)).toHaveCount(2)
  await expect(await finished(page)).toContainText("second")
  await expect(articles(page).first()).toContainText("2/2")
  const chosen = page.waitForResponse((response) => response.request().method() === "PATCH")
  await articles(page).first().getByRole("button", { name: "Previous version" }).click()
  await expect(articles(page)).toHaveCount(4)
  await expect(last(page)).toContainText("below the first")
  await chosen
  await page.reload()
  await expect(articles(page)).toHaveCount(4)
  await expect(last(page)).toContainText("below the first")
})

test("↑ edits the last question, Esc leaves it as it was", async ({ desk: page }) => {
  await page.goto("/")
  await ask(page, "repeat exactly: once")
  await finished(page)
  await composer(page).press("ArrowUp")
  const box = page.getByRole("textbox", { name: "Edit question" })
  await expect(box).toBeFocused()
  await box.press("Escape")
  await expect(box).toHaveCount(0)
  await expect(articles(page)).toHaveCount(2)
})

test("the model above an answer is asked anew with another one; the link to an answer shows its branch", async ({
  desk: page,
}) => {
  await page.goto("/")
  await ask(page, "repeat exactly: the same words")
  const first = await finished(page)
  const id = await first.getAttribute("id")
  await first.getByRole("button", { name: /: ask another$/ }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("claude sonnet")
  await page.getByRole("option").first().click()
  await expect(last(page)).toContainText("2/2")
  await expect(await finished(page)).toContainText("the same words")
  await expect(last(page)).toHaveAttribute("aria-label", /^Claude/)
  await page.goto(`${new URL(page.url()).pathname}#${id}`)
  await page.reload()
  await expect(last(page)).toHaveAttribute("id", id ?? "")
  await expect(last(page)).toContainText("1/2")
})

test("an answer that met its limit is gone on with, word for word", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  const question = `Why is the sky blue? ${mark}`
  await api.turn(`${mark}-whole`, question)
  const whole = (await api.last(`${mark}-whole`)).parts
  await simulator.rule(mark, { name: "length", afterTokens: 40, times: 1 })
  await api.turn(mark, question)
  expect((await api.last(mark)).status).toBe("length")
  await page.goto(`/conversations/${mark}`)
  await expect(last(page)).toContainText("reached its length limit")
  await page.getByRole("button", { name: "Continue" }).click()
  await expect(last(page)).toContainText("2/2")
  await finished(page)
  const continued = await api.last(mark)
  expect([continued.status, continued.parts]).toEqual(["complete", whole])
})

test("several models answer side by side; the picked one is gone on with", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  // Slow enough to have a speed.
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60 })
  await page.goto("/")
  await chooseModel(page, "Model", "openai/gpt-4o")
  await chooseModel(page, "Compare", "claude-sonnet-4")
  await chooseModel(page, "Compare", "gemini-2.5-flash")
  await expect(
    page.getByRole("list", { name: "Answering side by side" }).getByRole("listitem"),
  ).toHaveCount(3)
  await ask(page, `repeat exactly: three times ${mark}`)
  await expect(articles(page)).toHaveCount(4)
  const compared = page.getByRole("region", { name: "3 answers side by side" }).getByRole("article")
  for (const index of [0, 1, 2]) {
    await expect(compared.nth(index)).toHaveAttribute("aria-busy", "false")
    await expect(compared.nth(index)).toContainText(`three times ${mark}`)
    await expect(compared.nth(index)).toContainText(/s to first .*tokens\/s.*tokens.*\$/)
  }
  expect(await simulator.requests(mark)).toHaveLength(3)
  await page.reload()
  await expect(compared).toHaveCount(3)
  const second = await compared.nth(1).getAttribute("id")
  const picked = page.waitForResponse((response) => response.request().method() === "PATCH")
  await compared.nth(1).getByRole("button", { name: "Use this answer" }).click()
  await expect(articles(page)).toHaveCount(2)
  await expect(last(page)).toContainText("2/3")
  await picked
  await ask(page, "repeat exactly: and on")
  await expect(articles(page)).toHaveCount(4)
  await finished(page)
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  const { messages } = await api.conversation(id)
  expect(messages.at(-2)?.parentId).toBe(second)
})

test("of compared models one that fails leaves the others alone", async ({ api, mark }) => {
  const message = {
    id: `${mark}-question`.slice(-64),
    parentId: null,
    parts: [{ type: "text", text: `repeat exactly: fine ${mark}` }],
  }
  const body = { message, models: ["openai/gpt-4o", "ai21/jamba-1-5-mini"] }
  const response = await api.send("POST", `/api/conversations/${mark}/turn`, body)
  expect(await response.text()).toContain('"type":"finish"')
  await expect
    .poll(async () => (await api.conversation(mark)).messages.map(({ status }) => status))
    .toEqual(["complete", "complete", "failed"])
  const [, good, bad] = (await api.conversation(mark)).messages
  expect(good?.parts).toEqual([{ type: "text", text: `fine ${mark}` }])
  expect(bad?.error?.message).toMatch(/no longer offered.*Switch to/)
})
