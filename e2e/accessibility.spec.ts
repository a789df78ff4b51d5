import AxeBuilder from "@axe-core/playwright"
import type { Page } from "@playwright/test"
import { ask, expect, finished, test } from "./fixtures"

const schemes = [
  { colorScheme: "light", rules: [] },
  // What else there is does not depend on colors.
  { colorScheme: "dark", rules: ["color-contrast"] },
] as const

async function expectNoFaults(page: Page, place: string): Promise<void> {
  // What opens is judged when it stands.
  await page.evaluate(() => Promise.all(document.getAnimations().map((motion) => motion.finished)))
  for (const { colorScheme, rules } of schemes) {
    await page.emulateMedia({ colorScheme })
    const judge = new AxeBuilder({ page })
    if (rules.length > 0) judge.withRules([...rules])
    // "Model" and "Account" are named for what they are; what they show is their description.
    // The levels of headings in an answer are the model's own.
    else judge.disableRules(["label-content-name-mismatch", "heading-order"])
    const { violations } = await judge.analyze()
    const faults = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`,
    )
    expect(faults, `${place}, ${colorScheme}`).toEqual([])
  }
}

test.use({ reducedMotion: "reduce" })

test("the pages before signing in have no faults that a machine can find", async ({ page }) => {
  await page.goto("/sign-in")
  await expectNoFaults(page, "sign-in")
  await page.goto("/sign-up")
  await expectNoFaults(page, "sign-up")
})

test("neither have the pages behind it, with what opens on them", async ({
  desk: page,
  simulator,
  mark,
}) => {
  // Two dozen states are judged, each for seconds.
  test.setTimeout(150_000)
  await page.goto("/")
  await expectNoFaults(page, "empty page")
  await ask(page, `Compare quicksort and mergesort, with quicksort in Python ${mark}`)
  await finished(page)
  await expectNoFaults(page, "an answer")
  await page.getByRole("button", { name: "Model" }).click()
  await expect(page.getByRole("option").first()).toBeVisible()
  await expectNoFaults(page, "model picker")
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Details" }).click()
  await expectNoFaults(page, "details")
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Account" }).click()
  await expectNoFaults(page, "account menu")
  await page.keyboard.press("Escape")
  await simulator.rule(`${mark} again`, { name: "status", statusCode: 400 })
  await ask(page, `${mark} again`)
  await finished(page)
  await expectNoFaults(page, "a failed answer")
})

test("neither have the forms of the studio", async ({ desk: page, api }) => {
  await api.generation({ model: "flux/dev", text: "A lighthouse in a storm" })
  await page.goto("/studio")
  await expectNoFaults(page, "studio")
  await page.goto("/studio/image")
  await expect(page.getByRole("img").first()).toBeVisible()
  await expect(page.getByRole("button", { name: /^Create · / })).toBeVisible()
  await expectNoFaults(page, "studio, pictures")
})
