import { createServer } from "node:http"
import type { Page } from "@playwright/test"
import { articles, ask, expect, finished, test } from "./fixtures"
import { upload } from "./media"

async function chooseModel(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(name)
  await page.getByRole("option").first().click()
}

test("a model that can searches the web: the call, its sources under the answer, and all of it kept", async ({
  desk: page,
  api,
}) => {
  await page.goto("/")
  await chooseModel(page, "openai/gpt-4o")
  await ask(page, "Search the web for the tides of the North Sea")
  const answer = await finished(page)
  const call = answer.getByRole("button", { name: /^Searched the web for/ })
  await expect(call).toBeVisible()
  const sources = answer.getByRole("navigation", { name: "Sources" }).getByRole("link")
  expect(await sources.count()).toBeGreaterThan(2)
  await expect(sources.first()).toHaveAttribute("rel", /noopener/)
  await expect(answer).toContainText("[1]")
  await call.click()
  await expect(answer.getByText("Asked")).toBeVisible()
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  const { parts, costUsd } = await api.last(id)
  expect(parts.map(({ type }) => type)).toEqual(
    expect.arrayContaining(["tool-call", "tool-result", "text", "sources"]),
  )
  expect(costUsd).toBeGreaterThan(0)
  await page.reload()
  await expect(call).toBeVisible()
  expect(await sources.count()).toBeGreaterThan(2)
  // What it found is nothing that the next question would trip over.
  await ask(page, "repeat exactly: and on")
  await expect(articles(page)).toHaveCount(4)
  await expect(await finished(page)).toContainText("and on")
})

test("sums and the clock are tools too; switched off, none is offered", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await chooseModel(page, "openai/gpt-4o")
  await ask(page, `Calculate 12*7 ${mark}`)
  const answer = await finished(page)
  await expect(answer.getByRole("button", { name: /12\s?\*\s?7 = 84/ })).toBeVisible()
  await expect(answer).toContainText("84")
  const tools = async (index: number) =>
    JSON.stringify((await simulator.requests(mark)).at(index)?.body ?? {})
  expect(await tools(0)).toContain("current_time")

  await page.getByRole("button", { name: /^Settings/ }).click()
  await page.getByRole("switch", { name: "Web search and other tools" }).click()
  await page.keyboard.press("Escape")
  await ask(page, `Calculate 12*8 ${mark}`)
  await expect(articles(page)).toHaveCount(4)
  await finished(page)
  expect(await tools(-1)).not.toContain("current_time")
})

test("a model whose document has two dialects is told what its tool brought, and answers with it", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await chooseModel(page, "anthropic/claude-opus-5")
  await ask(page, `Calculate 12*7 ${mark}`)
  const answer = await finished(page)
  await expect(answer.getByRole("button", { name: /12\s?\*\s?7 = 84/ })).toBeVisible()
  await expect(answer).toContainText("84")
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
  expect((await api.last(id)).status).toBe("complete")
  const requests = await simulator.requests(mark)
  expect(requests.map(({ valid }) => valid)).toEqual([true, true])
})

test("a document that was deleted or cannot be read does not keep the others from being searched", async ({
  context,
  api,
  mark,
}) => {
  const texts = {
    "tides.txt": "High water comes twelve hours and twenty-five minutes after high water.",
    "gone.txt": "Nobody will find this.",
    "empty.txt": "   ",
  }
  const files = await Promise.all(
    Object.entries(texts).map(([name, text]) =>
      upload(context.request, { name, mimeType: "text/plain", buffer: Buffer.from(text) }),
    ),
  )
  const question = { type: "text", text: `Here they are ${mark}` }
  await api.turn(mark, "", { message: { parts: [...files, question] } })
  await api.send("DELETE", `/api/files/${files[1]?.fileId}`)
  const { id: parentId } = await api.last(mark)
  const parts = [{ type: "text", text: "file_search when is high water?" }]
  await api.turn(mark, "", { message: { parentId, parts } })
  const { parts: answer } = await api.last(mark)
  const result = answer.find(({ type }) => type === "tool-result")
  expect(result).toMatchObject({ error: null })
  const output = JSON.stringify(result)
  expect(output).toContain("twenty-five minutes")
  expect(output).toContain("gone.txt was deleted")
  expect(output).toContain("empty.txt")
})

test("a page that nobody named is not read, and nothing inside the network ever is", async ({
  desk: page,
}) => {
  let hits = 0
  const canary = createServer((_, response) => {
    hits += 1
    response.end("secret")
  })
  await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve))
  const address = canary.address()
  const port = typeof address === "object" && address ? address.port : 0
  await page.goto("/")
  await chooseModel(page, "openai/gpt-4o")
  await ask(page, `Read page http://127.0.0.1:${port}/secret`)
  const answer = await finished(page)
  await expect(answer.getByRole("button", { name: /127\.0\.0\.1/ })).toBeVisible()
  await expect(answer).not.toContainText("secret\n")
  expect(hits).toBe(0)
  canary.close()
})
