import { ask, expect, finished, test } from "./fixtures"

test("a film becomes a GIF that moves and repeats, kept as a file of one's own", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 0, generatingMs: 300 })
  await page.goto("/")
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("text-to-video")
  await page.getByRole("option").first().click()
  await ask(page, `A boat ${mark}`)
  const answer = await finished(page)
  await expect(answer.locator("video")).toBeVisible()
  const isLoaded = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => name)
        .join(" "),
    )
  const before = await isLoaded()

  await answer.getByRole("button", { name: "Make a GIF" }).click()
  const picture = answer.getByRole("img", { name: /\.gif$/ })
  await expect(picture).toBeVisible({ timeout: 40_000 })
  expect(await isLoaded()).not.toBe(before)
  const size = () => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth)
  await expect.poll(size).toBeGreaterThan(0)
  expect(await size()).toBeLessThanOrEqual(480)

  const link = answer.getByRole("link", { name: /^Download .*\.gif$/ })
  const address = (await link.getAttribute("href")) ?? ""
  const bytes = await (await page.request.get(address)).body()
  expect(bytes.subarray(0, 6).toString("latin1")).toBe("GIF89a")
  const text = bytes.toString("latin1")
  expect(text).toContain("NETSCAPE2.0\x03\x01\x00\x00\x00")
  const frames = await page.evaluate(async (url) => {
    const data = await (await fetch(url)).arrayBuffer()
    const decoder = new ImageDecoder({ data, type: "image/gif" })
    await decoder.tracks.ready
    await decoder.completed
    return decoder.tracks.selectedTrack?.frameCount ?? 0
  }, address)
  expect(frames).toBeGreaterThan(9)
})

test("making a GIF can be called off, and a film that cannot be read says so", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 0, generatingMs: 300 })
  await page.goto("/")
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("text-to-video")
  await page.getByRole("option").first().click()
  await ask(page, `A boat ${mark}`)
  const answer = await finished(page)
  let isHeld = true
  await page.route("**/content", async (route) => {
    if (isHeld) await new Promise(() => undefined)
    await route.abort()
  })
  await answer.getByRole("button", { name: "Make a GIF" }).click()
  await expect(answer.getByRole("progressbar", { name: "Making a GIF" })).toBeVisible()
  await answer.getByRole("button", { name: "Cancel" }).click()
  isHeld = false
  await answer.getByRole("button", { name: "Make a GIF" }).click()
  await expect(answer.getByRole("alert")).toContainText("could not read the video")
  await expect(answer.getByRole("button", { name: "Retry" })).toBeVisible()
})
