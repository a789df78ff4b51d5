import { articles, composer, expect, holdScripts, test } from "./fixtures"

test("what is typed and sent before the page is alive is neither lost nor sent in the open", async ({
  desk: page,
  mark,
}) => {
  const release = await holdScripts(page)
  await page.goto("/", { waitUntil: "commit" })
  await composer(page).pressSequentially(`repeat exactly: early ${mark}`)
  await composer(page).press("Enter")
  await expect(composer(page)).toHaveValue(`repeat exactly: early ${mark}`)
  release()
  await expect(articles(page).last()).toContainText(`early ${mark}`)
})

test("a button that is pressed before the page is alive does its work once it is", async ({
  desk: page,
  api,
  mark,
}) => {
  await api.turn(mark, "repeat exactly: one")
  const release = await holdScripts(page)
  await page.goto(`/conversations/${mark}`, { waitUntil: "commit" })
  await articles(page).first().getByRole("button", { name: "Edit" }).press("Enter")
  await page.getByRole("button", { name: "Model", exact: true }).click()
  release()
  await expect(page.getByRole("searchbox", { name: "Search models" })).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  // The last one counts; from now on each does.
  await expect(page.getByRole("textbox")).toHaveCount(1)
  await articles(page).first().getByRole("button", { name: "Edit" }).click()
  await expect(page.getByRole("textbox")).toHaveCount(2)
})

test("what is typed before the page is alive is a draft already", async ({ desk: page }) => {
  const scripts = "**/_next/static/**/*.js"
  await page.route(scripts, (route) => route.abort())
  await page.goto("/", { waitUntil: "commit" })
  await composer(page).pressSequentially("half a thought")
  await page.unroute(scripts)
  await page.goto("/")
  await expect(composer(page)).toHaveValue("half a thought")
})

test("a draft survives a reload and stays with its conversation", async ({
  desk: page,
  api,
  mark,
}) => {
  await api.turn(mark, "repeat exactly: one")
  await page.goto(`/conversations/${mark}`)
  await composer(page).fill("half a thought")
  await page.reload()
  await expect(composer(page)).toHaveValue("half a thought")
  await page.getByRole("button", { name: "New chat" }).click()
  await expect(page).toHaveURL("/")
  await expect(composer(page)).toHaveValue("")
  await expect(composer(page)).toBeFocused()
})

test("whoever went elsewhere before the page was alive stays there", async ({ desk: page }) => {
  const release = await holdScripts(page)
  await page.goto("/", { waitUntil: "commit" })
  const button = page.getByRole("button", { name: "New chat" })
  await button.focus()
  release()
  await expect(page.getByRole("button", { name: "Attach files" })).toBeEnabled()
  await expect(button).toBeFocused()
})

test.describe("when the server does not take a message", () => {
  test.use({ expectedErrors: [/500/] })

  test("the text comes back with words, and sending again works", async ({ desk: page, mark }) => {
    await page.goto("/")
    await page.route("**/turn", (route) => route.fulfill({ status: 500, body: "<html>" }), {
      times: 1,
    })
    await composer(page).fill(`repeat exactly: twice ${mark}`)
    await page.getByRole("button", { name: "Send" }).click()
    await expect(page.getByRole("main").getByRole("alert")).toContainText("try again")
    await expect(composer(page)).toHaveValue(`repeat exactly: twice ${mark}`)
    await composer(page).press("Enter")
    await expect(articles(page)).toHaveCount(2)
    await expect(articles(page).last()).toContainText(`twice ${mark}`)
  })
})

test("an input method's Enter sends nothing, Shift+Enter makes a line", async ({ desk: page }) => {
  await page.goto("/")
  await composer(page).fill("a")
  await composer(page).press("Shift+Enter")
  await composer(page).dispatchEvent("keydown", { key: "Enter", isComposing: true })
  await expect(composer(page)).toHaveValue("a\n")
  await expect(articles(page)).toHaveCount(0)
})
