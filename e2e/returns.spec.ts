import { newId } from "@/lib/base/id"
import { articles, ask, composer, expect, finished, test } from "./fixtures"

test("Back shows what was said since, and the next question goes on from there", async ({
  desk: page,
  api,
  mark,
}) => {
  await api.turn(mark, "repeat exactly: one")
  await api.turn(newId(), "repeat exactly: elsewhere")
  await page.goto(`/conversations/${mark}`)
  await ask(page, "repeat exactly: two")
  await expect(articles(page)).toHaveCount(4)
  await finished(page)
  await page.getByRole("link", { name: /elsewhere/ }).click()
  await expect(articles(page).last()).toContainText("elsewhere")
  await page.goBack()
  await expect(articles(page)).toHaveCount(4)
  await ask(page, "repeat exactly: three")
  await expect(articles(page)).toHaveCount(6)
  await expect(await finished(page)).toContainText("three")
  await page.reload()
  await expect(articles(page)).toHaveCount(6)
})

test("what another tab said is there after coming back", async ({ desk: page, api, mark }) => {
  await api.turn(mark, "repeat exactly: one")
  await api.turn(newId(), "repeat exactly: elsewhere")
  await page.goto(`/conversations/${mark}`)
  await page.getByRole("link", { name: /elsewhere/ }).click()
  await expect(articles(page).last()).toContainText("elsewhere")
  const { headId } = await api.conversation(mark)
  await api.turn(mark, "repeat exactly: from another tab", { message: { parentId: headId } })
  await page.goBack()
  await expect(articles(page)).toHaveCount(4)
  await expect(articles(page).last()).toContainText("from another tab")
})

test("a response that got lost is asked for again, and the question stands once", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await page.route(
    "**/turn",
    async (route) => {
      await route.fetch() // the server has it, the browser never hears
      await route.abort("connectionreset")
    },
    { times: 1 },
  )
  await ask(page, `repeat exactly: once ${mark}`)
  await expect(articles(page)).toHaveCount(2)
  await expect(await finished(page)).toContainText(`once ${mark}`)
  expect(await simulator.requests(mark)).toHaveLength(1)
})

test("a question that was sent does not come back as a draft", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 15 })
  await page.goto("/")
  await ask(page, `Tell a story ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
  await page.reload()
  await expect(articles(page).last()).toHaveAttribute("aria-busy", "true")
  await expect(composer(page)).toHaveValue("")
  await page.getByRole("button", { name: "New chat" }).click()
  await expect(page).toHaveURL("/")
  await expect(composer(page)).toHaveValue("")
})

test("menus and dialogs keep Esc to themselves while an answer streams", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 15 })
  await page.goto("/")
  await ask(page, `Tell a story ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  const answer = articles(page).last()
  await expect(answer.getByRole("paragraph").nth(1)).toBeVisible()
  await page.getByRole("button", { name: "Account" }).click()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("menu")).toHaveCount(0)
  await page.getByRole("button", { name: "Conversation options" }).click()
  await page.getByRole("menuitem", { name: "Rename" }).click()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveCount(0)
  await page.getByRole("button", { name: "Model" }).click()
  await expect(page.getByRole("option").first()).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await expect(answer).toHaveAttribute("aria-busy", "true")
  await page.keyboard.press("Escape")
  await expect(answer).toContainText("Stopped")
})

test.describe("what happens elsewhere", () => {
  test.use({ expectedErrors: [/^(401|404) /] })

  test("deleting a conversation ends the waiting of a page that shows it", async ({
    desk: page,
    api,
    simulator,
    mark,
  }) => {
    await simulator.rule(mark, { name: "speed", tokensPerSecond: 15 })
    await page.goto("/")
    await ask(page, `Tell a story ${mark}`)
    await expect(page).toHaveURL(/conversations/)
    await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
    const path = new URL(page.url()).pathname
    expect((await api.send("DELETE", `/api${path}`)).status()).toBe(204)
    await expect(await finished(page)).toContainText("may have been deleted")
  })

  test("ending all sessions ends the open streams too", async ({
    desk: page,
    api,
    simulator,
    mark,
  }) => {
    await simulator.rule(mark, { name: "speed", tokensPerSecond: 8 })
    await page.goto("/")
    await ask(page, `Tell a long story ${mark}`)
    await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
    expect((await api.send("DELETE", "/api/sessions")).status()).toBe(204)
    await expect(await finished(page)).toContainText("signed out")
  })
})

test("focus comes back to where it was", async ({ desk: page }) => {
  await page.goto("/")
  const button = page.getByRole("button", { name: "Model" })
  await button.click()
  await page.getByRole("option").nth(2).click()
  await expect(button).toBeFocused()
})

test("a reader who scrolls up stays there; going down follows again", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60 })
  await page.goto("/")
  await ask(page, `Give me a long text ${mark}`)
  const scroller = page.getByRole("log").locator("..")
  const place = () => scroller.evaluate((box) => box.scrollTop)
  await expect.poll(place, { timeout: 20_000 }).toBeGreaterThan(300)
  await scroller.evaluate((box) => box.scrollTo(0, 0))
  const height = await scroller.evaluate((box) => box.scrollHeight)
  await expect.poll(() => scroller.evaluate((box) => box.scrollHeight)).toBeGreaterThan(height + 60)
  expect(await place()).toBe(0)
  await page.getByRole("button", { name: "Go to the end" }).click()
  const gap = () => scroller.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop)
  await expect.poll(gap).toBeLessThan(48)
})
