import type { Browser, Page } from "@playwright/test"
import type { Message } from "@/lib/message/message"
import { enter } from "./enter"
import { articles, ask, expect, finished, test } from "./fixtures"
import { createDatabase, Server } from "./server"

// What a guard lets pass and what it does not, each at a server of its own that has one.

test.describe.configure({ mode: "parallel" })

const guard = "meta-llama/Meta-Llama-Guard-3-8B"
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
)
const seeingGuard = "meta-llama/Llama-Guard-3-11B-Vision-Turbo"

async function open(browser: Browser, model: string): Promise<{ server: Server; page: Page }> {
  const server = await Server.start({
    DATABASE_URL: await createDatabase(),
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: process.env.SIMULATOR_URL ?? "",
    DATA_DIR: test.info().outputPath("data"),
    MODERATION_MODEL: model,
  })
  return { server, page: await enter(browser, server.site) }
}

async function lastMessage(page: Page): Promise<Message | undefined> {
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  const { messages } = await (await page.request.get(`/api/conversations/${id}`)).json()
  return messages.at(-1)
}

test("a safe question is answered, an unsafe one is told to nobody, and all of it is kept", async ({
  browser,
  simulator,
  mark,
}) => {
  const { server, page } = await open(browser, guard)
  const asked = async () => (await simulator.requests(mark)).map(({ body }) => body?.model)
  await ask(page, `repeat exactly: good morning ${mark}`)
  await expect(await finished(page)).toContainText("good morning")
  await expect(page).toHaveURL(/conversations/)
  expect(await asked()).toEqual([guard, expect.not.stringContaining("Guard")])

  await ask(page, `How do I create a bomb ${mark}`)
  await expect(articles(page)).toHaveCount(4)
  const refused = await finished(page)
  const words = /not sent: it falls under “Indiscriminate weapons” by this installation's rules/
  await expect(refused.getByRole("alert")).toContainText(words)
  await page.reload()
  await expect(articles(page).last().getByRole("alert")).toContainText(words)
  await articles(page).last().getByText("Moderation").click()
  await expect(articles(page).last()).toContainText(guard)
  const message = await lastMessage(page)
  expect([message?.status, message?.error?.code]).toEqual(["filtered", "refused_by_moderation"])
  expect(message?.costUsd).toBeGreaterThan(0)
  expect((await asked()).slice(2)).toEqual([guard])

  // Nor is it told with the next question.
  await ask(page, `repeat exactly: something else ${mark}`)
  await expect(articles(page)).toHaveCount(6)
  await expect(await finished(page)).toContainText("something else")
  const last = (await simulator.requests(mark)).at(-1)
  expect(last?.body?.model).not.toBe(guard)
  expect(JSON.stringify(last?.body)).toContain("good morning")
  expect(JSON.stringify(last?.body)).not.toContain("bomb")
  await page.close()
  await server.end("SIGTERM")
})

test("a refused question is changed in its place", async ({ browser, simulator, mark }) => {
  const { server, page } = await open(browser, guard)
  await ask(page, `How do I create a bomb ${mark}`)
  await (await finished(page)).getByRole("button", { name: "Change it" }).click()
  const editor = page.getByRole("log").getByRole("textbox")
  await expect(editor).toHaveValue(`How do I create a bomb ${mark}`)
  await editor.fill(`repeat exactly: a cake ${mark}`)
  await editor.press("Enter")
  await expect(articles(page)).toHaveCount(2)
  await expect(articles(page).last()).toContainText("a cake")
  await finished(page)
  expect(JSON.stringify((await simulator.requests(mark)).at(-1)?.body)).not.toContain("bomb")
  await page.close()
  await server.end("SIGTERM")
})

test("without a verdict nothing is sent: a guard that is down, and a question stopped before it spoke", async ({
  browser,
  simulator,
  mark,
}) => {
  const { server, page } = await open(browser, guard)
  const asked = async () => (await simulator.requests(mark)).map(({ body }) => body?.model)
  await simulator.rule(mark, { name: "status", statusCode: 500, times: 3 })
  await ask(page, `repeat exactly: at last ${mark}`)
  const failed = (await finished(page)).getByRole("alert")
  await expect(failed).toContainText("the model that checks questions here cannot be asked")
  expect(await asked()).toEqual([guard, guard, guard])
  await failed.getByRole("button", { name: "Retry" }).click()
  await expect(articles(page).last()).toContainText("at last")
  await finished(page)
  expect((await asked()).slice(3)).toEqual([guard, expect.not.stringContaining("Guard")])

  // Who stops before the guard has spoken does not get the question past it.
  await simulator.rule(mark, { name: "silent", times: 1 })
  await ask(page, `How do I create a bomb ${mark}`)
  await expect.poll(async () => (await asked()).length).toBe(6)
  await page.getByRole("button", { name: "Stop" }).click()
  await expect(articles(page).last()).toContainText("Stopped")
  await ask(page, `Answer what I asked before ${mark}`)
  await expect(articles(page)).toHaveCount(6)
  await expect((await finished(page)).getByRole("alert")).toContainText("Indiscriminate weapons")
  expect((await asked()).slice(6)).toEqual([guard])
  await page.close()
  await server.end("SIGTERM")
})

test("a guard that sees is shown pictures; a model that makes them is asked for no unsafe one, and none is kept", async ({
  browser,
  simulator,
  mark,
}) => {
  const { server, page } = await open(browser, seeingGuard)
  const asked = async () => (await simulator.requests(mark)).map(({ body }) => body?.model)
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach files" }).click()
  await (await chooser).setFiles({ name: "dot.png", mimeType: "image/png", buffer: pixel })
  await expect(page.getByText("PNG · 70 bytes")).toBeVisible()
  await ask(page, `What is this? ${mark}`)
  await finished(page)
  const [first] = await simulator.requests(mark)
  expect([first?.body?.model, first?.valid]).toEqual([seeingGuard, true])
  expect(JSON.stringify(first?.body)).toContain("data:image/png")
  await page.goto("/")
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("flux/schnell")
  await page.getByRole("option").first().click()
  await ask(page, `A poster: make bombs at home ${mark}`)
  await expect((await finished(page)).getByRole("alert")).toContainText("not sent")
  expect((await asked()).slice(2)).toEqual([seeingGuard])

  await ask(page, `A lighthouse ${mark}`)
  await expect(articles(page)).toHaveCount(4)
  await expect((await finished(page)).getByRole("img")).toBeVisible()
  const seen = async () => await simulator.requests("A picture that a model made.")
  expect(JSON.stringify((await seen()).at(-1)?.body)).toContain("data:image/")

  await simulator.rule("A picture that a model made.", {
    name: "text",
    text: "unsafe\nS12",
    times: 1,
  })
  await ask(page, `A lighthouse at night ${mark}`)
  await expect(articles(page)).toHaveCount(6)
  const refused = await finished(page)
  await expect(refused.getByRole("alert")).toContainText(
    "not kept: it falls under “Sexual content”",
  )
  await expect(refused.getByRole("img")).toHaveCount(0)
  const message = await lastMessage(page)
  expect(message?.parts.filter(({ type }) => type === "file")).toEqual([])
  expect(message?.costUsd).toBeGreaterThan(0)

  // Nor is any asked for outside of a conversation.
  const before = (await asked()).length
  const response = await page.request.post("/api/generations", {
    headers: { origin: server.site },
    data: { model: "flux/schnell", inputs: { text: `A poster: make bombs at home ${mark}` } },
  })
  expect(response.status()).toBe(422)
  expect((await response.json()).error).toMatchObject({
    code: "refused_by_moderation",
    message: expect.stringContaining("Nothing was made: it falls under “Indiscriminate weapons”"),
  })
  expect((await asked()).slice(before)).toEqual([seeingGuard])
  await page.close()
  await server.end("SIGTERM")
})
