import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { articles, ask, composer, expect, test } from "./fixtures"

const tag = { name: "tag", label: "Tag", isRequired: false, type: "text", isLong: false }
const choices = ["forest", "city at night", "seaside", "mountains", "desert"]
const number = { type: "number", isInteger: true, isRequired: false }
const form = {
  text: { label: "Prompt", isRequired: true, maxChars: null },
  files: [],
  fields: [
    { name: "scene", label: "Scene", isRequired: true, type: "choice", choices },
    { name: "count", label: "Count", ...number, min: 1, max: 4, default: 1 },
    { name: "polish", label: "Polish", isRequired: false, type: "boolean", default: true },
    { name: "tags", label: "Tags", isRequired: false, type: "list", item: tag },
    {
      name: "size",
      label: "Size",
      isRequired: false,
      type: "union",
      options: [
        { name: "preset", label: "Preset", isRequired: false, type: "text", isLong: false },
        {
          name: "exact",
          label: "Exact",
          isRequired: false,
          type: "object",
          fields: [{ name: "width", label: "Width", ...number }],
        },
      ],
    },
    { name: "extra", label: "Extra", isRequired: false, type: "json" },
  ],
  shown: 2,
  gaps: ["One parameter could not be read."],
}

async function open(page: Page): Promise<void> {
  await page.route("**/api/models/form?**", (route) => route.fulfill({ json: form }))
  await page.goto("/")
  await settings(page).click()
  await expect(page.getByRole("combobox", { name: "Scene" })).toBeVisible()
}

const settings = (page: Page) => page.getByRole("button", { name: /^Settings/ })

test("settings of every shape are kept for the model and go along as they were changed", async ({
  desk: page,
}) => {
  await open(page)
  await expect(page.getByText("One parameter could not be read.")).toBeVisible()
  await page.getByRole("combobox", { name: "Scene" }).selectOption("seaside")
  await page.getByRole("button", { name: "More settings" }).click()
  await page.getByRole("switch", { name: "Polish" }).click()
  await page.getByRole("button", { name: "Add to Tags" }).click()
  await page.getByRole("textbox", { name: "Tag 1" }).fill("calm")
  await page.getByRole("combobox", { name: "Size" }).selectOption({ label: "Exact" })
  await page.getByRole("spinbutton", { name: "Width" }).fill("640")
  const extra = page.getByRole("textbox", { name: "Extra" })
  await extra.fill('{"a": ')
  await expect(extra).toHaveAccessibleDescription(/not JSON yet/)
  await extra.fill('{"a": 1}')
  const { violations } = await new AxeBuilder({ page })
    .disableRules(["label-content-name-mismatch"])
    .analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press("Escape")
  await expect(settings(page)).toBeFocused()
  await expect(settings(page)).toHaveAccessibleName("Settings, 5 changed")

  await page.reload()
  await expect(settings(page)).toHaveAccessibleName("Settings, 5 changed")
  const turn = page.waitForRequest(
    (request) => request.method() === "POST" && request.url().endsWith("/turn"),
  )
  await page.route("**/turn", (route) => route.abort())
  await ask(page, "A boat")
  expect((await turn).postDataJSON().params).toEqual({
    scene: "seaside",
    polish: false,
    tags: ["calm"],
    size: { width: 640 },
    extra: { a: 1 },
  })
})

test("what is missing or out of range is said at its field, and nothing is sent", async ({
  desk: page,
}) => {
  await open(page)
  const count = page.getByRole("spinbutton", { name: "Count" })
  await count.fill("9")
  await expect(count).toHaveAccessibleDescription("From 1 to 4, please.")
  await page.keyboard.press("Escape")
  await ask(page, "A boat")
  const scene = page.getByRole("combobox", { name: "Scene" })
  await expect(page.getByRole("alert").filter({ hasText: "Choose a scene first." })).toBeVisible()
  await expect(scene).toBeFocused()
  await expect(scene).toHaveAccessibleDescription("Choose a scene first.")
  await expect(articles(page)).toHaveCount(0)
  await page.getByRole("button", { name: "Reset all" }).click()
  await expect(settings(page)).toHaveAccessibleName("Settings")
  await expect(composer(page)).toHaveValue("A boat")
})

test.describe("a form that cannot be read", () => {
  test.use({ expectedErrors: [/503 \/api\/models\/form/] })

  test("says so, and is asked for again", async ({ desk: page }) => {
    const error = { code: "unavailable", message: "The settings are away for a moment." }
    await page.route("**/api/models/form?**", (route) =>
      route.fulfill({ status: 503, json: { error } }),
    )
    await page.goto("/")
    await settings(page).click()
    const panel = page.getByRole("dialog", { name: "Settings" })
    await expect(panel.getByRole("alert")).toContainText("away for a moment")
    await page.route("**/api/models/form?**", (route) => route.fulfill({ json: form }))
    await panel.getByRole("button", { name: "Try again" }).click()
    await expect(panel.getByRole("combobox", { name: "Scene" })).toBeVisible()
  })
})

test("the list of models can be narrowed to a kind; the arrows still move in it", async ({
  desk: page,
}) => {
  await page.goto("/")
  await page.getByRole("button", { name: "Model" }).click()
  const search = page.getByRole("searchbox", { name: "Search models" })
  await expect(page.getByRole("option").first()).toBeVisible()
  await page.keyboard.press("Tab")
  await expect(page.getByRole("button", { name: "All", exact: true })).toBeFocused()
  await page.getByRole("button", { name: "Image", exact: true }).press("Enter")
  await expect(page.getByRole("option").first()).toHaveAccessibleName(/, Image/)
  await search.press("ArrowDown")
  await search.press("Enter")
  await expect(composer(page)).toHaveAttribute("placeholder", "Describe a picture")
})
