import { articles, ask, composer, expect, finished, test, typeset } from "./fixtures"
import { password } from "./people"

test("sign up, ask, watch it stream, reload, come back and find it", async ({
  page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60 })
  await page.goto("/")
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/)
  await page.getByRole("link", { name: "Create an account" }).click()
  await page.getByRole("textbox", { name: "Name" }).fill("Grace Hopper")
  await page.getByRole("textbox", { name: "Email" }).fill(`${mark}@example.com`)
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("button", { name: "Create account" }).click()

  await ask(page, `Why is the sky blue? ${mark}`)
  await expect(page).toHaveURL(/\/conversations\/[0-9a-f]{32}$/)
  const answer = articles(page).last()
  await expect(answer).toHaveAttribute("aria-busy", "true")
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible()
  await expect(answer.getByRole("paragraph").nth(1)).toBeVisible()
  const text = await (await typeset(page)).innerText()

  await page.reload()
  await expect(articles(page)).toHaveCount(2)
  await expect(articles(page).first()).toContainText(`Why is the sky blue? ${mark}`)
  // Formulas are drawn a moment after the words.
  await expect.poll(() => articles(page).last().innerText()).toBe(text)

  await page.goto("/")
  const link = page
    .getByRole("navigation", { name: "Conversations" })
    .getByRole("link", { name: /Why is the sky blue/ })
  await link.click()
  await expect(articles(page)).toHaveCount(2)
  await page.goBack()
  await expect(page.getByRole("heading", { name: /Grace/ })).toBeVisible()
})

test("sign out, and a deep link leads back after signing in", async ({
  desk: page,
  person,
  api,
  mark,
}) => {
  await api.turn(mark, "repeat exactly: kept")
  await page.goto(`/conversations/${mark}`)
  await expect(articles(page).last()).toContainText("kept")
  await page.getByRole("button", { name: "Account" }).click()
  await page.getByRole("menuitem", { name: "Sign out" }).click()
  await expect(page).toHaveURL(/\/sign-in$/)

  await page.goto(`/conversations/${mark}`)
  await expect(page).toHaveURL(`/sign-in?callbackUrl=%2Fconversations%2F${mark}`)
  await page.getByRole("textbox", { name: "Email" }).fill(person.email.toUpperCase())
  await page.getByRole("textbox", { name: "Password" }).fill(password)
  await page.getByRole("button", { name: "Sign in" }).click()
  await expect(page).toHaveURL(`/conversations/${mark}`)
  await expect(articles(page).last()).toContainText("kept")
})

test("Enter chooses what was typed, also before the list of models is there", async ({
  desk: page,
}) => {
  const { promise: listed, resolve: list } = Promise.withResolvers<void>()
  await page.route("**/api/models", async (route) => {
    await listed
    await route.continue()
  })
  await page.goto("/")
  const search = page.getByRole("searchbox", { name: "Search models" })
  await page.getByRole("button", { name: "Model" }).click()
  await search.fill("deepseek reasoner")
  await page.keyboard.press("Enter")
  await expect(search).toBeVisible()
  list()
  await expect(search).toBeHidden()
  await expect(page.getByRole("button", { name: "Model" })).toContainText("Reasoner")
})

test("the history goes along, and what a model thinks is shown and folded", async ({
  desk: page,
  person,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await expect(
    page.getByRole("heading", { name: new RegExp(person.name.slice(0, 3)) }),
  ).toBeVisible()
  await page.getByRole("button", { name: "Model" }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("deepseek reasoner")
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("ArrowUp")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("button", { name: "Model" })).toContainText("Reasoner")
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60, delayMs: 500 })
  await ask(page, `Think about tides ${mark}`)
  await expect(page.getByRole("button", { name: "Thinking" })).toHaveAttribute(
    "aria-expanded",
    "true",
  )
  await finished(page)
  const thought = page.getByRole("button", { name: /^Thought for/ })
  await expect(thought).toHaveAttribute("aria-expanded", "false")
  await ask(page, "What was my first question?")
  await expect(articles(page)).toHaveCount(4)
  await expect(await finished(page)).toContainText(mark)
})

test("stop keeps what is shown; a new version can be asked for and both stay", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 30 })
  await page.goto("/")
  await ask(page, `Tell a long story ${mark}`)
  await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
  await page.getByRole("button", { name: "Stop" }).click()
  const stopped = await finished(page)
  await expect(stopped.getByRole("status").first()).toContainText("Stopped")
  const seen = await stopped.innerText()
  await page.reload()
  expect(await (await finished(page)).innerText()).toBe(seen)
  expect((await simulator.requests(mark))[0]?.closedByClientAt).toBeTruthy()

  await simulator.rule(mark, { name: "text", text: "Another version.", tokensPerSecond: 1_000 })
  await articles(page).last().getByRole("button", { name: "Regenerate" }).click()
  await expect(articles(page).last()).toContainText("Another version.")
  await expect(articles(page).last()).toContainText("2/2")
  const chosen = page.waitForResponse((response) => response.request().method() === "PATCH")
  await page.getByRole("button", { name: "Previous version" }).click()
  await expect(articles(page).last()).toContainText("Stopped")
  await chosen
  await page.reload()
  await expect(articles(page).last()).toContainText("1/2")
})

test("Esc stops", async ({ desk: page, simulator, mark }) => {
  await simulator.rule(mark, { name: "silent" })
  await page.goto("/")
  await ask(page, `Anybody there? ${mark}`)
  await expect(page.getByRole("button", { name: "Stop" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(await finished(page)).toContainText("Stopped")
  await expect(composer(page)).toBeEditable()
})

test("rename and delete from the side bar", async ({ desk: page, api, mark }) => {
  await api.turn(mark, "repeat exactly: one")
  await page.goto(`/conversations/${mark}`)
  const navigation = page.getByRole("navigation", { name: "Conversations" })
  await navigation.getByRole("button", { name: "Conversation options" }).click()
  await page.getByRole("menuitem", { name: "Rename" }).click()
  await page.getByRole("textbox", { name: "Title" }).fill("Ein Anfang")
  await page.keyboard.press("Enter")
  await expect(navigation.getByRole("link", { name: "Ein Anfang" })).toBeVisible()
  await page.reload()
  await expect(page).toHaveTitle("Ein Anfang · Polylogue")
  await navigation.getByRole("button", { name: "Conversation options" }).click()
  await page.getByRole("menuitem", { name: "Delete" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
  await expect(page).toHaveURL("/")
  await expect(navigation.getByRole("link", { name: "Ein Anfang" })).toHaveCount(0)
  expect((await api.send("GET", `/api/conversations/${mark}`)).status()).toBe(404)
})

test("a new chat after a chat is empty, and the old one is unchanged", async ({
  desk: page,
  mark,
}) => {
  await page.goto("/")
  await ask(page, `repeat exactly: first ${mark}`)
  await finished(page)
  const path = new URL(page.url()).pathname
  await page.getByRole("button", { name: "New chat" }).click()
  await expect(page).toHaveURL("/")
  await expect(page.getByRole("log")).toHaveCount(0)
  await ask(page, "repeat exactly: second")
  await expect(page).not.toHaveURL(path)
  await expect(await finished(page)).toContainText("second")
  await page.goto(path)
  await expect(articles(page)).toHaveCount(2)
})

test("leaving the page does not end the answer; coming back shows it go on", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 15 })
  await page.goto("/")
  await ask(page, `Give me a long text ${mark}`)
  await expect(articles(page).last().getByRole("paragraph").nth(1)).toBeVisible()
  const path = new URL(page.url()).pathname
  await page.goto("about:blank")
  await page.goto(path)
  await expect(articles(page).last()).toHaveAttribute("aria-busy", "true")
  await page.getByRole("button", { name: "Stop" }).click()
  await finished(page)
})
