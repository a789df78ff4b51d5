import type { Page } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { articles, composer, expect, finished, holdScripts, test } from "./fixtures"
import type { Person } from "./people"
import { query } from "./server"

const databaseUrl = process.env.DATABASE_URL ?? ""
const words = (n: number) => `Turn ${n} of the long talk.`

/** A straight conversation of `count` messages; those of the answers have tables and lists. */
async function seed(person: Person, count: number) {
  const id = newId()
  await query(
    databaseUrl,
    `INSERT INTO "Conversation" ("id", "userId", "title", "headId")
     SELECT '${id}', "id", 'A long talk ${id}', '${id}-${count}' FROM "User" WHERE "email" = '${person.email}';
     INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "parts", "status", "model")
     SELECT '${id}-' || n, '${id}', CASE WHEN n > 1 THEN '${id}-' || n - 1 END,
       CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END::"MessageRole",
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'Turn ' || n || ' of the long talk.'
         || CASE WHEN n % 2 = 0 THEN E'\\n\\n- one\\n- two\\n\\n|a|b|\\n|-|-|\\n|1|2|\\n\\nAnd so on.' ELSE '' END)),
       'complete', CASE WHEN n % 2 = 0 THEN 'openai/gpt-4o' END
     FROM generate_series(1, ${count}) n ORDER BY n`,
  )
  return { address: `/conversations/${id}`, id: (n: number) => `${id}-${n}` }
}

const message = (page: Page, n: number) => articles(page).filter({ hasText: words(n) })
const nodesOf = (page: Page) => page.evaluate(() => document.getElementsByTagName("*").length)

test("of ten thousand messages a page opens with the last, as large as of a hundred", async ({
  desk: page,
  person,
}) => {
  const sizes: { bytes: number; nodes: number }[] = []
  for (const count of [100, 10_000]) {
    const { address } = await seed(person, count)
    const response = await page.goto(address)
    await expect(message(page, count)).toBeInViewport()
    await expect(page.getByRole("button", { name: "Earlier messages" })).toBeAttached()
    await expect(composer(page)).toBeEditable()
    sizes.push({ bytes: (await response?.body())?.length ?? 0, nodes: await nodesOf(page) })
  }
  const [short, long] = sizes
  expect(long?.nodes).toBeLessThan(2_500)
  expect(long?.nodes).toBeLessThanOrEqual((short?.nodes ?? 0) * 1.1)
  expect(long?.bytes).toBeLessThanOrEqual((short?.bytes ?? 0) * 1.1)
})

test("scrolled up, the older messages come without moving what is read, to the very first", async ({
  desk: page,
  person,
}) => {
  const { address } = await seed(person, 300)
  await page.goto(address)
  await expect(message(page, 300)).toBeInViewport()
  const box = page.getByRole("log").locator("..")
  const first = async () => (await articles(page).first().textContent())?.match(/Turn (\d+)/)?.[1]
  // A jump would leave the oldest message of before somewhere else than it was.
  for (let top = await first(); top !== "1"; top = await first()) {
    const anchor = articles(page).first()
    const id = await anchor.getAttribute("id")
    await box.evaluate((element) => element.scrollTo({ top: 900 }))
    const place = () =>
      page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top, id ?? "")
    const before = await place()
    await expect.poll(first).not.toBe(top)
    // The box was at rest: only what came above can have moved it.
    expect(Math.abs(((await place()) ?? 0) - (before ?? 0))).toBeLessThan(2)
  }
  await expect(page.getByRole("button", { name: "Earlier messages" })).toHaveCount(0)
  await expect(articles(page)).toHaveCount(300)
})

test("find-in-page has all of the branch to look through", async ({ desk: page, person }) => {
  const { address } = await seed(person, 500)
  await page.goto(address)
  await expect(message(page, 500)).toBeInViewport()
  await expect(page.getByRole("button", { name: /^Model/ })).toBeEnabled()
  await page.keyboard.press("Control+f")
  await expect(articles(page)).toHaveCount(500)
  await expect(message(page, 500)).toBeInViewport()
})

test("a link leads to a message far up, and to another version with all that hangs below it", async ({
  desk: page,
  person,
}) => {
  const { address, id } = await seed(person, 300)
  await page.goto(`${address}#${id(40)}`)
  await expect(message(page, 40)).toBeInViewport()
  await expect(message(page, 300)).not.toBeInViewport()

  // Another question in place of the 41st: the old one and its 259 followers are a version of it.
  await message(page, 41).hover()
  await message(page, 41).getByRole("button", { name: "Edit" }).click()
  await page.getByRole("textbox", { name: "Edit question" }).fill("repeat exactly: elsewhere")
  await page.getByRole("textbox", { name: "Edit question" }).press("Enter")
  await expect(await finished(page)).toContainText("elsewhere")
  await page.goto("/")
  await page.goto(address)
  await expect(await finished(page)).toContainText("elsewhere")
  const edited = articles(page).filter({ hasText: "2/2" })
  await edited.hover()
  await edited.getByRole("button", { name: "Previous version" }).click()
  await expect(message(page, 300)).toBeInViewport()
  await page.goto(`${address}#${id(200)}`)
  await expect(message(page, 200)).toBeInViewport()
})

test("a conversation shows its end before the page is alive, and who scrolls then stays there", async ({
  desk: page,
  person,
}) => {
  const { address } = await seed(person, 300)
  const release = await holdScripts(page)
  await page.goto(address, { waitUntil: "commit" })
  await expect(articles(page).last()).toBeInViewport()
  await page.mouse.move(640, 300)
  await page.mouse.wheel(0, -2_000)
  await expect(articles(page).last()).not.toBeInViewport()
  release()
  await expect(page.getByRole("button", { name: "Go to the end" })).toBeVisible()
  await expect(articles(page).last()).not.toBeInViewport()
})
