import type { Page } from "@playwright/test"
import type { FilePart } from "@/lib/message/message"
import { decodePng } from "@/simulator/media/png"
import type { Api } from "./api"
import { articles, composer, expect, finished, test } from "./fixtures"
import {
  answered,
  attach,
  choose,
  filesOf,
  garden,
  height,
  picture,
  upload,
  width,
  widthOf,
} from "./media"

/** A conversation in which a picture became two others. */
async function edited(page: Page, api: Api, mark: string): Promise<FilePart[]> {
  const answer = await answered(api, mark, {
    model: "openai/gpt-image-1",
    text: `Make it evening ${mark}`,
    files: [await upload(page.request, picture)],
    params: { n: 2 },
  })
  await page.goto(`/conversations/${mark}`)
  return filesOf(answer)
}

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test.describe(`${viewport.width} pixels wide`, () => {
    test.use({ viewport })

    test("pictures are looked into and gone through, with the keys alone", async ({
      desk: page,
      api,
      mark,
    }) => {
      const [first, second] = await edited(page, api, mark)
      const open = articles(page)
        .last()
        .getByRole("button", { name: first?.name ?? "", exact: true })
      await open.press("Enter")
      const dialog = page.getByRole("dialog", { name: first?.name ?? "" })
      const image = dialog.getByRole("img")
      await expect(image).toBeVisible()
      const natural = () => image.evaluate((element: HTMLImageElement) => element.naturalWidth)
      await expect.poll(natural).toBe(first?.width)
      const fit = await widthOf(image)
      expect(fit).toBeLessThanOrEqual(viewport.width)
      await page.keyboard.press("+")
      await expect.poll(() => widthOf(image)).toBeGreaterThan(fit * 1.3)
      await page.keyboard.press("0")
      await expect.poll(() => widthOf(image)).toBe(fit)
      await page.keyboard.press("ArrowRight")
      const next = page.getByRole("dialog", { name: second?.name ?? "" })
      await expect(next).toContainText("2 of 2")
      await expect(next.getByRole("img", { name: second?.name ?? "" })).toBeVisible()
      await page.keyboard.press("ArrowRight")
      await expect(dialog).toContainText("1 of 2")
      await expect(dialog.getByRole("link", { name: /^Download / })).toHaveAttribute(
        "href",
        new RegExp(first?.fileId ?? "-"),
      )
      await page.keyboard.press("Escape")
      await expect(page.getByRole("dialog")).toHaveCount(0)
      await expect(open).toBeFocused()
    })
  })
}

test("a picture is zoomed by wheel and button, and moved by hand within its edges", async ({
  desk: page,
  api,
  mark,
}) => {
  await edited(page, api, mark)
  await articles(page).last().getByRole("img").first().click()
  const dialog = page.getByRole("dialog")
  const image = dialog.getByRole("img")
  await expect(image).toBeVisible()
  const fit = await widthOf(image)
  await image.hover()
  await page.mouse.wheel(0, -800)
  await expect.poll(() => widthOf(image)).toBeGreaterThan(fit * 1.5)
  const zoomIn = dialog.getByRole("button", { name: "Zoom in" })
  while (await zoomIn.isEnabled()) await zoomIn.click()
  const left = async () => (await image.boundingBox())?.x ?? 0
  const before = await left()
  await page.mouse.move(640, 400)
  await page.mouse.down()
  await page.mouse.move(540, 400, { steps: 4 })
  await page.mouse.up()
  await expect.poll(left).toBeCloseTo(before - 100, 0)
  await page.mouse.dblclick(640, 400)
  await expect.poll(() => widthOf(image)).toBe(fit)
})

test("what was edited is compared with what it was", async ({ desk: page, api, mark }) => {
  await edited(page, api, mark)
  await articles(page).last().getByRole("img").first().click()
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: "Before / after" }).click()
  const slider = dialog.getByRole("slider", { name: "Before and after" })
  const before = dialog.getByRole("img", { name: "Before: garden.png" })
  await expect(before).toHaveCSS("clip-path", "inset(0px 50% 0px 0px)")
  await slider.press("ArrowRight")
  await expect(slider).toHaveValue("51")
  await slider.press("End")
  await expect(before).toHaveCSS("clip-path", /^inset\(0px( 0%? ?.*)?\)$/)
  const box = await slider.boundingBox()
  if (!box) throw new Error("no slider")
  await page.mouse.click(box.x + box.width / 4, box.y + box.height / 2)
  await expect.poll(async () => Math.abs(Number(await slider.inputValue()) - 25)).toBeLessThan(3)
  // The question's own picture has nothing to be compared with.
  await page.keyboard.press("Escape")
  await articles(page).first().getByRole("img").click()
  await expect(page.getByRole("dialog", { name: "garden.png" })).toBeVisible()
  await expect(page.getByRole("button", { name: "Before / after" })).toHaveCount(0)
})

test("a mask that is painted here says to the model what it may change", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await choose(page, "gpt-image-1")
  await attach(page, picture)
  await page.getByRole("button", { name: "Draw mask on garden.png" }).click()
  const dialog = page.getByRole("dialog", { name: "Mask for garden.png" })
  const use = dialog.getByRole("button", { name: "Use mask" })
  await expect(use).toBeDisabled()
  await dialog.getByRole("button", { name: "Select all" }).click()
  await dialog.getByRole("button", { name: "Undo" }).click()
  await dialog.getByRole("slider", { name: "Brush size" }).fill("20")
  const box = await dialog.getByRole("img", { name: "garden.png" }).boundingBox()
  if (!box) throw new Error("no picture")
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x - box.width / 4, y)
  await page.mouse.down()
  await page.mouse.move(x + box.width / 4, y, { steps: 5 })
  await page.mouse.up()
  await use.click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole("combobox", { name: "Use of Mask of garden.png" })).toHaveValue(
    "mask",
  )
  await composer(page).fill(`A pond ${mark}`)
  await page.getByRole("button", { name: "Send" }).click()
  const answer = await finished(page)
  await expect(answer.getByRole("alert")).toHaveCount(0)
  await expect(page).toHaveURL(/\/conversations\//)

  const [request] = await simulator.requests(mark)
  expect(request?.valid).toBe(true)
  expect(request?.body).toMatchObject({ mask: { mimetype: "image/png" } })
  const id = page.url().split("/").at(-1) ?? ""
  const { messages } = await api.conversation(id)
  const [[, maskPart] = [], [result] = []] = messages.map(filesOf)
  const pixels = async (part: FilePart | undefined) =>
    decodePng(await (await api.send("GET", `/api/files/${part?.fileId}/content`)).body())
  const [mask, made] = [await pixels(maskPart), await pixels(result)]
  expect(mask).toMatchObject({ width, height })
  const at = (x: number, y: number) => (y * width + x) * 4
  const [middle, corner] = [at(width / 2, height / 2), at(10, 10)]
  expect(mask?.data[middle + 3]).toBe(0)
  expect([...(mask?.data.subarray(corner, corner + 4) ?? [])]).toEqual([255, 255, 255, 255])
  // Where it was not painted, the picture is the one that was sent.
  expect(made).toMatchObject({ width, height })
  const colourAt = (raster: typeof mask, at: number) => [
    ...(raster?.data.subarray(at, at + 3) ?? []),
  ]
  expect(colourAt(made, corner)).toEqual(colourAt(garden, corner))
  expect(colourAt(made, middle)).not.toEqual(colourAt(garden, middle))
})
