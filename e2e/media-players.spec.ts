import type { Locator } from "@playwright/test"
import { newId } from "@/lib/base/id"
import { writeWav } from "@/simulator/speech/wav"
import { articles, composer, expect, test } from "./fixtures"
import { answered, coloursOf, picture, type Upload, upload } from "./media"
import { site } from "./people"

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
