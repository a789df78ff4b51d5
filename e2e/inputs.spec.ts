import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { articles, ask, composer, expect, finished, test } from "./fixtures"
import { sampleFiles } from "./made-up"
import { sameOrigin } from "./people"
import type { Simulator } from "./simulator"

const edits = "flux/kontext-pro/image-to-image"
const attached = (page: Page) => page.getByRole("list", { name: "Attached files" })

async function choose(page: Page, model: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(model)
  await page
    .getByRole("option")
    .and(page.locator(`[data-model-id="${model}"]`))
    .click()
}

async function sentFor(simulator: Simulator, mark: string): Promise<string> {
  await expect.poll(async () => (await simulator.requests(mark)).length).toBeGreaterThan(0)
  return JSON.stringify((await simulator.requests(mark)).at(-1)?.body)
}

/** Counts the files that the page sends up. */
function countUploads(page: Page): () => number {
  let uploads = 0
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/files")) uploads += 1
  })
  return () => uploads
}

test("a picture that was made goes into the next question, and is not sent up again", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await api.turn(mark, `A lighthouse ${mark}`, { model: "flux/schnell" })
  const uploads = countUploads(page)
  await page.goto(`/conversations/${mark}`)
  const use = articles(page)
    .last()
    .getByRole("button", { name: /^Use .* as input$/ })
  await use.click()
  await use.click() // once is enough
  await expect(attached(page).getByRole("listitem")).toHaveCount(1)
  await expect(composer(page)).toBeFocused()
  await choose(page, edits)
  await ask(page, `Make it night, twice ${mark}`)
  const answer = await finished(page)
  await expect(answer.getByRole("alert")).toHaveCount(0)
  expect(await sentFor(simulator, `twice ${mark}`)).toContain("data:image/")
  expect(uploads()).toBe(0)
  // From a question as well.
  const question = articles(page).nth(-2)
  await question.getByRole("button", { name: /^Use .* as input$/ }).click()
  await expect(attached(page).getByRole("listitem")).toHaveCount(1)
})

test("a picture is dragged from the transcript to where one writes", async ({
  desk: page,
  api,
  mark,
}) => {
  await api.turn(mark, `A lighthouse ${mark}`, { model: "flux/schnell" })
  const uploads = countUploads(page)
  await page.goto(`/conversations/${mark}`)
  await expect(composer(page)).toBeFocused()
  await articles(page).last().getByRole("img").dragTo(composer(page))
  await expect(attached(page).getByRole("listitem")).toHaveCount(1)
  await expect(page.getByText("Drop files to attach them")).toHaveCount(0)
  await expect(composer(page)).toHaveValue("")
  expect(uploads()).toBe(0)
})

test("a file of the library goes into a new chat", async ({ desk: page }) => {
  await page.request.post("/api/files", {
    headers: sameOrigin,
    multipart: { file: sampleFiles.image },
  })
  await page.goto("/library")
  await page.getByRole("button", { name: /picture\.png/ }).click()
  await page.getByRole("button", { name: "Use as input" }).click()
  await expect(attached(page).getByText("picture.png")).toBeVisible()
  await expect(page).toHaveURL(/\/$/)
  await page.reload()
  await expect(attached(page).getByRole("listitem")).toHaveCount(1)
})

test.describe("a file that is gone", () => {
  test.use({ expectedErrors: [/404 \/api\/files/] })

  test("is said to be", async ({ desk: page }) => {
    await page.goto("/?file=gone-gone-gone-gone")
    await expect(page.getByRole("alert").filter({ hasText: "was deleted" })).toBeVisible()
  })
})

test("a hash offers files by name, and the keyboard chooses one", async ({ desk: page }) => {
  const { image, document, audio } = sampleFiles
  for (const file of [image, document, audio]) {
    await page.request.post("/api/files", { headers: sameOrigin, multipart: { file } })
  }
  await page.goto("/")
  const list = page.getByRole("listbox", { name: "Your files" })
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type("Look at C# and #")
  await expect(list.getByRole("option")).toHaveCount(3)
  await expect(list.getByRole("option").first()).toHaveAttribute("aria-selected", "true")
  await page.keyboard.press("ArrowDown")
  const second = list.getByRole("option").nth(1)
  await expect(second).toHaveAttribute("aria-selected", "true")
  await expect(second).toContainText("page.pdf")
  const id = await second.getAttribute("id")
  await expect(composer(page)).toHaveAttribute("aria-activedescendant", id ?? "")
  await expect(composer(page)).toHaveAttribute("aria-controls", /.+/)
  const { violations } = await new AxeBuilder({ page })
    .disableRules(["label-content-name-mismatch"])
    .analyze()
  expect(violations.map((fault) => `${fault.id}: ${fault.nodes[0]?.html}`)).toEqual([])

  // Esc leaves the word alone; going on with it does not open the list again.
  await page.keyboard.press("Escape")
  await expect(list).toHaveCount(0)
  await page.keyboard.type("pic")
  await expect(composer(page)).toHaveValue("Look at C# and #pic")
  await expect(list).toHaveCount(0)

  await composer(page).fill("Look at ")
  await page.keyboard.type("#pict")
  await expect(list.getByRole("option")).toHaveText([/picture\.png/])
  await page.keyboard.press("Enter")
  await expect(attached(page).getByText("picture.png")).toBeVisible()
  await expect(composer(page)).toHaveValue("Look at ")
  await expect(list).toHaveCount(0)
  await page.keyboard.type("#sound")
  await page.keyboard.press("Enter") // before the list is there
  await expect(attached(page).getByText("sound.wav")).toBeVisible()
  await expect(composer(page)).toHaveValue("Look at ")
})

test("words with a hash that are no file's are sent as they are", async ({ desk: page }) => {
  await page.goto("/")
  await ask(page, "What was issue #12345")
  await finished(page)
  await expect(articles(page).first()).toHaveAccessibleName("You: What was issue #12345")
})
