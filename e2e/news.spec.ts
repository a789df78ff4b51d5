import type { APIRequestContext } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { Api } from "./api"
import { articles, ask, expect, finished, test } from "./fixtures"
import { signIn, signUp, site } from "./people"

/** Opens the news as somebody's browser would, and reads until `word` came or there is nothing more. */
async function openNews(request: APIRequestContext) {
  const { cookies } = await request.storageState()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ")
  const leaving = new AbortController()
  const response = await fetch(`${site}/api/news`, { headers: { cookie }, signal: leaving.signal })
  const heard = { text: "" }
  const decoder = new TextDecoder()
  const reading = response.body
    ?.pipeTo(
      new WritableStream({
        write(bytes) {
          heard.text += decoder.decode(bytes, { stream: true })
        },
      }),
    )
    .catch(() => undefined)
  return {
    response,
    heard,
    async leave() {
      leaving.abort()
      await reading
    },
  }
}

test("the news are a person's own, and nobody's without a session", async ({
  api,
  desk: page,
  playwright,
  mark,
}) => {
  const nobody = await playwright.request.newContext({ baseURL: site })
  const closed = await openNews(nobody)
  expect(closed.response.status).toBe(401)
  const requestOfB = await playwright.request.newContext({ baseURL: site })
  await signIn(requestOfB, (await signUp(requestOfB)).email)
  const [newsOfA, newsOfB] = [await openNews(page.request), await openNews(requestOfB)]
  expect(newsOfA.response.headers.get("cache-control")).toContain("no-store")
  await api.turn(mark, `secret of A ${mark}`)
  await expect.poll(() => newsOfA.heard.text).toContain(mark)
  const own = newId()
  await new Api(requestOfB).turn(own, "repeat exactly: mine")
  await expect.poll(() => newsOfB.heard.text).toContain(own)
  expect(newsOfB.heard.text).not.toContain(mark)
  await Promise.all([newsOfA.leave(), newsOfB.leave()])
})

test("every open tab shows the same at the same time", async ({ desk: page, simulator, mark }) => {
  await simulator.rule(mark, { name: "speed", tokensPerSecond: 60 })
  await page.goto("/")
  const other = await page.context().newPage()
  await other.goto("/")
  const list = other.getByRole("navigation", { name: "Conversations" })
  await ask(page, `Tell a long story ${mark}`)
  await expect(page).toHaveURL(/conversations/)
  const link = list.getByRole("link", { name: /Tell a long story/ })
  await expect(link).toBeVisible()
  await link.click()
  await expect(articles(other)).toHaveCount(2)
  await expect(articles(other).last()).toHaveAttribute("aria-busy", "true")
  const text = await (await finished(page)).innerText()
  expect(await (await finished(other)).innerText()).toBe(text)

  // What is asked in one is seen and read along in the other.
  await ask(other, `repeat exactly: and on ${mark}`)
  await expect(articles(page)).toHaveCount(4)
  await expect(await finished(page)).toContainText("and on")
  // So are another version, and its choice.
  await page.getByRole("button", { name: "Regenerate" }).last().click()
  await expect(articles(other).last()).toContainText("2/2")
  await finished(other)
  await other.getByRole("button", { name: "Previous version" }).click()
  await expect(articles(page).last()).toContainText("1/2")
  // And a new name, and the end of it.
  const id = new URL(page.url()).pathname.split("/").at(-1)
  await page.evaluate(
    (path) =>
      fetch(path, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title: "Another name" }),
      }),
    `/api/conversations/${id}`,
  )
  await expect(list.getByRole("link", { name: "Another name" })).toBeVisible()
  await page.evaluate((path) => fetch(path, { method: "DELETE" }), `/api/conversations/${id}`)
  await expect(list.getByRole("link", { name: "Another name" })).toHaveCount(0)
  await other.close()
})
