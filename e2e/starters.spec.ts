import type { Page } from "@playwright/test"
import { articles, composer, expect, finished, test } from "./fixtures"
import { sampleFiles } from "./made-up"

// Every idea of the empty page runs to its end.

async function begin(
  page: Page,
  idea: string,
  file?: { name: string; mimeType: string; buffer: Buffer },
) {
  await page.goto("/")
  const chooser = file && page.waitForEvent("filechooser")
  await page.getByRole("list", { name: "Ideas" }).getByRole("button", { name: idea }).click()
  if (!file) return
  await (await chooser)?.setFiles(file)
  await expect(page.getByRole("button", { name: /^Remove / })).toBeVisible()
}

async function send(page: Page, more = "") {
  if (more !== "") await composer(page).press("End")
  await composer(page).pressSequentially(more)
  await page.getByRole("button", { name: "Send" }).click()
  await expect(page).toHaveURL(/conversations/)
  const answer = await finished(page)
  await expect(answer.getByRole("alert")).toHaveCount(0)
  return answer
}

const isDecoded = (element: HTMLImageElement) => element.naturalWidth > 0
const hasDuration = (element: HTMLMediaElement) => element.duration > 0

test("an article gets its picture", async ({ desk: page }) => {
  await begin(page, "Illustrate an article")
  const answer = await send(page)
  await expect(answer.getByRole("button", { name: /^Had a picture made/ })).toBeVisible()
  await expect.poll(() => answer.locator("figure img").evaluate(isDecoded)).toBe(true)
  await expect(answer.getByRole("paragraph").first()).toBeVisible()
})

test("an encyclopaedia page gets its video, which is there after a reload", async ({
  desk: page,
}) => {
  await begin(page, "An animated encyclopaedia page")
  const answer = await send(page)
  await expect(answer.getByRole("button", { name: /^Had a video made/ })).toBeVisible()
  await expect.poll(() => answer.locator("video").evaluate(hasDuration)).toBe(true)
  await page.reload()
  await expect.poll(() => articles(page).last().locator("video").evaluate(hasDuration)).toBe(true)
})

test("a document is summarised and asked about", async ({ desk: page }) => {
  await begin(page, "Ask a document", sampleFiles.document)
  await expect(await send(page)).not.toBeEmpty()
})

test("a shape is made from a picture", async ({ desk: page }) => {
  await begin(page, "A 3D shape from a picture", sampleFiles.image)
  await expect(page.getByRole("button", { name: "Model", exact: true })).not.toContainText("GPT")
  const answer = await send(page)
  await expect(answer.getByRole("link", { name: /^Download / })).toBeVisible()
})

test("a film becomes a looping GIF", async ({ desk: page }) => {
  await begin(page, "A looping GIF for a banner")
  await expect(composer(page)).toHaveAttribute("placeholder", "Describe a video")
  const answer = await send(page)
  await answer.getByRole("button", { name: "Make a GIF" }).click()
  const gif = answer.getByRole("img", { name: /\.gif$/ })
  await expect(gif).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => gif.evaluate(isDecoded)).toBe(true)
})

test("a picture is described and the description read aloud", async ({ desk: page }) => {
  await begin(page, "Describe a picture aloud", sampleFiles.image)
  const answer = await send(page)
  await expect(answer.getByRole("button", { name: /^Had a recording made/ })).toBeVisible()
  await expect.poll(() => answer.locator("audio").evaluate(hasDuration)).toBe(true)
})

test("a page is read by its address and summarised", async ({ desk: page }) => {
  await begin(page, "Summarise a website")
  const address = `${process.env.SIMULATOR_URL}/v1/models`
  await composer(page).fill(`Read this page and summarise it in five points: ${address}`)
  const answer = await send(page)
  await expect(answer.getByRole("button", { name: /^Read (?!aloud)/ })).toBeVisible()
  await expect(answer).toContainText("[1]")
})

test("one's own texts are searched by meaning", async ({ desk: page, api }) => {
  const text = [
    "The harbour opens at six in the morning and closes when the last boat is in.",
    `The bakery sells rye bread. ${"It smells of flour and of butter. ".repeat(40)}`,
    `The school has a garden. ${"Children grow beans and pumpkins there. ".repeat(40)}`,
  ].join("\n\n")
  const file = { name: "village.txt", mimeType: "text/plain", buffer: Buffer.from(text) }
  await begin(page, "Answers from my own texts", file)
  const answer = await send(page, "when the harbour opens in the morning?")
  await expect(answer.getByRole("button", { name: /^Searched the files/ })).toBeVisible()
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  const { parts } = await api.last(id)
  const result = parts.find((part) => part.type === "tool-result")
  expect(JSON.stringify(result)).toContain("village.txt")
  expect(JSON.stringify(result)).toContain("opens at six")
})
