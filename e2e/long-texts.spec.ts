import { newId } from "@/lib/base/id"
import { plainText } from "@/lib/message/parts"
import { articles, ask, composer, expect, finished, test } from "./fixtures"

// Texts that have stopped pages for seconds.

test.describe.configure({ mode: "parallel" })

const pasted: Record<string, string> = {
  "line breaks": "\n".repeat(100_000),
  "quote marks": "> ".repeat(100_000),
  "one word": "QUJDRA==".repeat(25_000),
  "a million characters": "All of it is said. ".repeat(53_000),
  "marks on one letter": `a${"\u0301".repeat(20_000)}`,
}

for (const [name, text] of Object.entries(pasted)) {
  test(`pasted, ${name} become a file at once, which goes along`, async ({
    desk: page,
    api,
    mark,
  }) => {
    await page.goto("/")
    await composer(page).fill(`repeat exactly: got it ${mark}`)
    await composer(page).evaluate((box, words) => {
      const data = new DataTransfer()
      data.setData("text/plain", words)
      const paste = { clipboardData: data, bubbles: true, cancelable: true }
      box.dispatchEvent(new ClipboardEvent("paste", paste))
    }, text)
    await expect(page.getByRole("status").filter({ hasText: "attached as a file" })).toBeVisible()
    await expect(composer(page)).toHaveValue(`repeat exactly: got it ${mark}`)
    await expect(page.getByRole("list", { name: "Attached files" })).toContainText(
      "Pasted text.txt",
    )
    await expect(page.getByRole("button", { name: "Send" })).toHaveAttribute(
      "aria-disabled",
      "false",
    )
    await composer(page).press("Enter")
    await expect(page).toHaveURL(/\/conversations\//)
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? ""
    const sizes = async () =>
      (await api.conversation(id)).messages[0]?.parts.flatMap((part) =>
        part.type === "file" ? part.sizeBytes : [],
      )
    await expect.poll(sizes).toEqual([Buffer.byteLength(text)])
    await api.send("DELETE", `/api/conversations/${id}/turn`)
  })
}

test("what is set into the box by other ways and is too long becomes a file too", async ({
  desk: page,
}) => {
  await page.goto("/")
  await composer(page).fill("word ".repeat(20_000))
  await expect(page.getByRole("status").filter({ hasText: "attached as a file" })).toBeVisible()
  await expect(composer(page)).toHaveValue("")
})

test("a very long question opens with its beginning and can be read whole; an answer of any text is read in pieces", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  const id = newId()
  await simulator.rule(mark, {
    name: "text",
    text: "*wonderful ".repeat(20_000),
    tokensPerSecond: 1e6,
  })
  await api.turn(id, `${mark} ${"first line\n".repeat(10_000)}the last line`)
  await page.goto(`/conversations/${id}`)
  const { parts } = await api.last(id)
  const answered = plainText(parts).length
  expect(answered).toBeGreaterThan(14_000)
  const question = articles(page).first()
  await expect(question).toContainText("first line")
  expect((await question.innerText()).length).toBeLessThan(3_000)
  await expect(question.getByRole("button", { name: "Too long to edit here" })).toBeDisabled()
  await question.getByRole("button", { name: "Show all of it" }).click()
  await expect(question).toContainText("the last line")
  await expect
    .poll(async () => (await articles(page).last().innerText()).length, { timeout: 20_000 })
    .toBeGreaterThan(answered * 0.95)
  await ask(page, "repeat exactly: and on")
  await expect(articles(page)).toHaveCount(4)
  await expect(await finished(page)).toContainText("and on")
})
