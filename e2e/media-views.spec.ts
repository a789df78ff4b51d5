import type { APIRequestContext, Locator, Page } from "@playwright/test"
import { newId } from "@/lib/id"
import type { FilePart, Message } from "@/lib/message"
import { drawPicture } from "@/lib/simulator/media/picture"
import { decodePng, encodePng } from "@/lib/simulator/media/png"
import { writeWav } from "@/lib/simulator/speech/wav"
import type { Api } from "./api"
import { articles, composer, expect, finished, test } from "./fixtures"
import { sameOrigin, site } from "./people"

type Upload = { name: string; mimeType: string; buffer: Buffer }

const [width, height] = [640, 480]
const garden = drawPicture({ prompt: "A garden", by: "hand", width, height, variant: "1" })
const picture: Upload = {
  name: "garden.png",
  mimeType: "image/png",
  buffer: Buffer.from(encodePng(garden)),
}

async function upload(request: APIRequestContext, file: Upload): Promise<FilePart> {
  const response = await request.post("/api/files", {
    headers: sameOrigin,
    multipart: { file },
  })
  expect(response.status()).toBe(201)
  const { id, name, mediaType, sizeBytes } = await response.json()
  return { type: "file", fileId: id, name, mediaType, sizeBytes }
}

type Asking = { model: string; text?: string; files?: FilePart[]; params?: object }

/** Asks past the page, waits for the answer and gives it. */
async function answered(api: Api, id: string, { model, text, files = [], params = {} }: Asking) {
  const parts = [...(text ? [{ type: "text", text }] : []), ...files]
  const message = { id: newId(), parentId: null, parts }
  await api.send("POST", `/api/conversations/${id}/turn`, { message, models: [model], params })
  const answer = await api.last(id)
  expect(answer.error).toBeNull()
  return answer
}

function filesOf({ parts }: Message): FilePart[] {
  return parts.filter((part) => part.type === "file")
}

/** How many colours a part of the page shows. */
async function coloursOf(place: Locator): Promise<number> {
  const shot = decodePng(await place.screenshot())
  if (!shot) throw new Error("no picture")
  const colours = new Set<number>()
  for (let at = 0; at < shot.data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = shot.data.subarray(at, at + 3)
    colours.add((red << 16) | (green << 8) | blue)
  }
  return colours.size
}

const widthOf = async (place: Locator) => (await place.boundingBox())?.width ?? 0

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill(name)
  await page.getByRole("option", { name: new RegExp(`^${name},`) }).click()
}

async function attach(page: Page, file: Upload): Promise<void> {
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach files" }).click()
  await (await chooser).setFiles(file)
  await expect(page.getByRole("button", { name: `Remove ${file.name}` })).toBeVisible()
}

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

test("a film plays, by key as well, and in a loop", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 0, generatingMs: 100 })
  const model = "kling-video/v1.6/standard/text-to-video"
  await answered(api, mark, { model, text: `Waves ${mark}` })
  await page.goto(`/conversations/${mark}`)
  const figure = articles(page).last().getByRole("figure")
  const video = figure.locator("video")
  const read = (member: "paused" | "muted" | "loop" | "readyState" | "duration" | "currentTime") =>
    video.evaluate((element: HTMLVideoElement, name) => element[name], member)
  await expect.poll(() => read("readyState")).toBeGreaterThan(0)
  expect(await read("duration")).toBeGreaterThan(0)
  await figure.press("m")
  expect(await read("muted")).toBe(true)
  await figure.press("k")
  await expect.poll(() => read("currentTime")).toBeGreaterThan(0)
  await figure.press(" ")
  expect(await read("paused")).toBe(true)
  await figure.press("ArrowLeft")
  expect(await read("currentTime")).toBe(0)
  const loop = figure.getByRole("button", { name: "Loop" })
  await loop.click()
  await expect(loop).toHaveAttribute("aria-pressed", "true")
  expect(await read("loop")).toBe(true)
})

/** A tone that grows, which this simulator hears as the words. */
function recording(words: string, seconds: number): Upload {
  const rate = 8_000
  const samples = Int16Array.from({ length: rate * seconds }, (_, index) =>
    Math.round((index / (rate * seconds)) * 20_000 * Math.sin(index / 3)),
  )
  return { name: "talk.wav", mimeType: "audio/wav", buffer: writeWav(samples, rate, words) }
}

test("a sound shows its waveform, where a click leads into it, and plays at another speed", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 0, generatingMs: 100 })
  await answered(api, mark, { model: "stable-audio", text: `A slow waltz ${mark}` })
  await page.goto(`/conversations/${mark}`)
  const figure = articles(page).last().getByRole("figure")
  const waveform = figure.getByRole("img", { name: /^Waveform of / })
  await expect.poll(() => inkIn(waveform)).toBeGreaterThan(500)
  const audio = figure.locator("audio")
  const read = (member: "duration" | "currentTime" | "playbackRate") =>
    audio.evaluate((element: HTMLAudioElement, name) => element[name], member)
  await expect.poll(() => read("duration")).toBeGreaterThan(0)
  const duration = await read("duration")
  const box = await waveform.boundingBox()
  await waveform.click({ position: { x: (box?.width ?? 0) / 2, y: 10 } })
  await expect.poll(() => read("currentTime")).toBeCloseTo(duration / 2, 0)
  await figure.getByRole("combobox", { name: "Speed" }).selectOption("1.5×")
  expect(await read("playbackRate")).toBe(1.5)
})

/** How many pixels of a canvas are drawn on. */
function inkIn(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element
      .getContext("2d")
      ?.getImageData(0, 0, element.width, element.height) ?? {
      data: [],
    }
    return data.filter((byte, index) => index % 4 === 3 && byte > 0).length
  })
}

test("a shape is drawn, turned and zoomed; one of another format is a file", async ({
  desk: page,
  api,
  mark,
}) => {
  const files = [await upload(page.request, picture)]
  await answered(api, mark, { model: "triposr", files, params: { output_format: "glb" } })
  const foreign: string[] = []
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(site).origin)) foreign.push(request.url())
  })
  await page.goto(`/conversations/${mark}`)
  const shape = articles(page).last().getByRole("application", { name: /in 3D/ })
  await expect(shape).toHaveAttribute("aria-busy", "false")
  const canvas = shape.locator("canvas")
  // Faces in the light have many shades; an empty place has one.
  await expect.poll(() => coloursOf(canvas)).toBeGreaterThan(20)
  const before = await canvas.screenshot()
  await shape.press("ArrowRight")
  await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false)
  const turned = await canvas.screenshot()
  await page.getByRole("button", { name: "Zoom in" }).click()
  await expect.poll(async () => turned.equals(await canvas.screenshot())).toBe(false)
  expect(foreign.filter((url) => !/^(blob|data):/.test(url))).toEqual([])

  const other = newId()
  await answered(api, other, { model: "triposr", files, params: { output_format: "obj" } })
  await page.goto(`/conversations/${other}`)
  const answer = articles(page).last()
  await expect(answer.getByRole("link", { name: /^Download / })).toBeVisible()
  await expect(answer.getByRole("application")).toHaveCount(0)
})

test("a transcript stands in lines, and its times lead into the recording", async ({
  desk: page,
  api,
  simulator,
  mark,
}) => {
  await simulator.rule(mark, { name: "job", queueMs: 0, generatingMs: 100 })
  const words = "Good evening to everybody. The harbour opens at seven. Bring the red rope."
  const talk = { ...recording(words, 9), name: `${mark}.wav` }
  const files = [await upload(page.request, talk)]
  await answered(api, mark, { model: "nova-3", files, params: { diarize: true } })
  await page.goto(`/conversations/${mark}`)
  const transcript = articles(page).last().getByRole("region", { name: "Transcript" })
  const lines = transcript.getByRole("listitem")
  await expect(lines).toHaveCount(3)
  await expect(lines.first()).toContainText(/Speaker 1.*Good evening to everybody\./)
  await expect(lines.nth(1)).toContainText("The harbour opens at seven.")
  const time = lines.nth(1).getByRole("button", { name: /^Play from 0:0[2-6]$/ })
  await time.click()
  await expect(lines.nth(1)).toHaveAttribute("aria-current", "time")
  const playing = transcript.locator("audio")
  await expect
    .poll(() => playing.evaluate((element: HTMLAudioElement) => element.currentTime))
    .toBeGreaterThan(1.5)
  // The same words stand once.
  await expect(articles(page).last().getByText("Bring the red rope.")).toHaveCount(1)
})

/** Pages of lines of text. */
function pdf(pages: readonly (readonly string[])[]): Buffer {
  const count = pages.length
  const contents = pages.map((lines) =>
    ["BT /F1 12 Tf 72 720 Td", ...lines.map((line) => `(${line}) Tj 0 -16 Td`), "ET"].join("\n"),
  )
  const objects = [
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    `2 0 obj<</Type/Pages/Kids[${pages.map((_, index) => `${3 + index} 0 R`).join(" ")}]/Count ${count}>>endobj`,
    ...pages.map(
      (_, index) =>
        `${3 + index} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${3 + count + index} 0 R>>endobj`,
    ),
    ...contents.map(
      (content, index) =>
        `${3 + count + index} 0 obj<</Length ${content.length}>>stream\n${content}\nendstream endobj`,
    ),
  ]
  return Buffer.from(["%PDF-1.4", ...objects, "trailer<</Root 1 0 R>>"].join("\n"))
}

test("a document that was read stands in pages, is copied whole and asked about", async ({
  desk: page,
  api,
  context,
  mark,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"])
  const buffer = pdf([
    ["# Harbour", "It opens at seven."],
    ["| Boat | Berth |", "| --- | --- |", "| Alma | 4 |", "| Bruno | 7 |"],
  ])
  const name = "harbour.pdf"
  const files = [await upload(page.request, { name, mimeType: "application/pdf", buffer })]
  await answered(api, mark, { model: "mistral-ocr-latest", files })
  await page.goto(`/conversations/${mark}`)
  const answer = articles(page).last()
  await expect(answer.getByRole("region", { name: "Page 1" })).toContainText("It opens at seven.")
  const table = answer.getByRole("region", { name: "Page 2" }).getByRole("table")
  await expect(table.getByRole("row")).toHaveCount(3)
  await expect(table.getByRole("cell", { name: "Bruno" })).toBeVisible()
  await answer.getByRole("button", { name: "Copy Markdown" }).click()
  await expect(answer.getByRole("button", { name: "Copied" })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain("| Bruno | 7 |")
  expect(copied).toContain("# Harbour")
  await composer(page).fill("Which boat ")
  await answer.getByRole("button", { name: "Ask about this" }).click()
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type("lies at 7?")
  await expect(composer(page)).toHaveValue("Which boat lies at 7?")
})
