import type { Page } from "@playwright/test"
import { articles, ask, composer, expect, finished, test } from "./fixtures"
import { sampleFiles } from "./made-up"
import { sameOrigin } from "./people"

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true })
const meter = (page: Page) => page.getByRole("meter", { name: "Microphone level" })
const alerts = (page: Page) => page.getByRole("alert").filter({ hasText: /./ })

/** Begins to dictate, and waits until something has been heard. */
async function dictate(page: Page): Promise<void> {
  await button(page, "Dictate").click()
  await expect(button(page, "Stop dictating")).toHaveAttribute("aria-pressed", "true")
  const levels = new Set<string | null>()
  const look = async () => levels.add(await meter(page).getAttribute("aria-valuenow")).size
  await expect.poll(look, { intervals: [70] }).toBeGreaterThan(1) // between its beeps it is silent
  await expect(page.getByRole("timer")).not.toHaveText("0:00")
}

test.describe("dictation", () => {
  test("words that are said come into the box where the caret is", async ({ desk: page }) => {
    await page.goto("/")
    await composer(page).fill("Note: and done")
    await composer(page).evaluate((box: HTMLTextAreaElement) => box.setSelectionRange(5, 5))
    await dictate(page)
    await expect(button(page, "Attach recording")).toHaveCount(0)
    await button(page, "Stop dictating").click()
    await expect(page.getByText("Writing it down")).toBeVisible()
    // The simulator tells what it was given.
    await expect(composer(page)).toHaveValue(
      /^Note: This is the simulator,.*It was given dictation\.webm: a WebM file, .* and done$/,
    )
    await expect(composer(page)).toBeFocused()
    await expect(meter(page)).toHaveCount(0)
    await expect(button(page, "Dictate")).toHaveAttribute("title", /\$0\.0/)
    await page.reload()
    await expect(composer(page)).toHaveValue(/It was given dictation\.webm/)
  })

  test("Esc ends it, and nothing is sent", async ({ desk: page }) => {
    const sent: string[] = []
    page.on("request", (request) => sent.push(new URL(request.url()).pathname))
    await page.goto("/")
    await dictate(page)
    await page.keyboard.press("Escape")
    await expect(button(page, "Dictate")).toBeEnabled()
    await expect(meter(page)).toHaveCount(0)
    await expect(composer(page)).toBeFocused()
    expect(sent).not.toContain("/api/transcriptions")
  })

  test.describe("when it fails", () => {
    test.use({ expectedErrors: [/502 \/api\/transcriptions/] })

    test("the recording is kept, and written down at the second try", async ({ desk: page }) => {
      const error = { code: "model_refused", message: "The model did not take this recording." }
      await page.route(
        "**/api/transcriptions",
        (route) => route.fulfill({ status: 502, json: { error } }),
        { times: 1 },
      )
      await page.goto("/")
      await dictate(page)
      await button(page, "Stop dictating").click()
      await expect(alerts(page)).toHaveText(
        "The model did not take this recording. Your recording is kept here.",
      )
      await expect(button(page, "Discard recording")).toBeVisible()
      await button(page, "Try again").click()
      await expect(composer(page)).toHaveValue(/It was given dictation\.webm/)
      await expect(alerts(page)).toHaveCount(0)
    })
  })

  test("without a microphone the page says what to do", async ({ desk: page }) => {
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("denied", "NotAllowedError"))
    })
    await page.goto("/")
    await button(page, "Dictate").click()
    await expect(alerts(page)).toContainText("The microphone is blocked for this page.")
    await expect(button(page, "Dictate")).toBeEnabled()
  })

  test("a door that takes recordings takes nothing else", async ({ desk: page }) => {
    const send = (file: { name: string; mimeType: string; buffer: Buffer }) =>
      page.request.post("/api/transcriptions", { headers: sameOrigin, multipart: { file } })
    const heard = await send(sampleFiles.audio)
    expect(heard.status()).toBe(200)
    expect(heard.headers()["cache-control"]).toContain("no-store")
    const { text, costUsd } = await heard.json()
    expect(text).toContain("a WAV file, 1.0 seconds")
    expect(costUsd).toBeGreaterThan(0)
    const picture = await send(sampleFiles.image)
    expect(picture.status()).toBe(400)
    expect((await picture.json()).error.message).toBe("This is no recording.")
  })
})

test("who asks a model by voice is answered in sound and in words", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await button(page, "Model").click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("alibaba/qwen3.5-omni-plus")
  await page.getByRole("option").first().click()
  await page.getByRole("button", { name: /^Settings/ }).click()
  await page.getByRole("switch", { name: "Spoken answers" }).click()
  await page.getByRole("button", { name: /^Settings/ }).click()
  await dictate(page)
  await button(page, "Attach recording").click()
  await expect(page.getByRole("list", { name: "Attached files" })).toContainText("recording.wav")
  await expect(button(page, "Remove recording.wav")).toBeVisible()
  await composer(page).fill(`repeat exactly: All is well. ${mark}`)
  await button(page, "Send").click()
  const answer = await finished(page)
  await expect(answer).toContainText("All is well.")
  await expect(answer.getByRole("list", { name: "Not sent" })).toHaveCount(0)
  const player = answer.locator("audio")
  const duration = () => player.evaluate((element: HTMLAudioElement) => element.duration)
  await expect.poll(duration).toBeGreaterThan(0.3)
  const [request] = await simulator.requests(mark)
  expect(request?.valid).toBe(true)
  expect(JSON.stringify(request?.body)).toContain("input_audio")
  expect(request?.body).toMatchObject({ modalities: ["text", "audio"] })
})

type Heard = { log: string[]; players: HTMLAudioElement[] }
declare global {
  var heard: Heard
}

/** Notes in the page what is asked of the voice and what has been heard to its end. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.heard = { log: [], players: [] }
    const { log, players } = globalThis.heard
    const { fetch } = globalThis
    globalThis.fetch = (input, init) => {
      if (String(input) === "/api/speech") log.push(JSON.parse(String(init?.body)).text)
      return fetch(input, init)
    }
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function () {
      if (this instanceof HTMLAudioElement && !players.includes(this)) {
        players.push(this)
        this.addEventListener("ended", () => log.push("(heard)"), true) // before the page knows
      }
      return play.call(this)
    }
  })
}

const log = (page: Page) => page.evaluate(() => globalThis.heard.log)
const player = (page: Page) =>
  page.evaluate(() => {
    const [last] = globalThis.heard.players.slice(-1)
    return {
      time: last?.currentTime ?? 0,
      isPaused: last?.paused ?? true,
      speed: last?.playbackRate,
    }
  })

test.describe("reading aloud", () => {
  const text =
    "The harbour opens at seven. Bring **the red rope**.\n\n```\nskip()\n```\n\nThen wait for the bell."
  const sentences = [
    "The harbour opens at seven.",
    "Bring the red rope.",
    "Then wait for the bell.",
  ]

  test("sentence by sentence, one ahead, with rests and at any speed", async ({
    desk: page,
    simulator,
    mark,
  }) => {
    await simulator.rule(mark, { name: "text", text })
    await listen(page)
    await page.goto("/")
    await ask(page, `When? ${mark}`)
    const answer = await finished(page)
    await answer.getByRole("button", { name: "Read aloud" }).click()
    await expect(answer.getByRole("button", { name: "Stop reading" })).toBeVisible()
    await expect.poll(async () => (await player(page)).time).toBeGreaterThan(0)
    expect((await log(page)).slice(0, 2)).toEqual(sentences.slice(0, 2))

    await answer.getByRole("button", { name: "Pause" }).click()
    await expect(answer.getByRole("button", { name: "Resume" })).toBeVisible()
    const resting = await player(page)
    expect(resting.isPaused).toBe(true)
    await answer.getByRole("combobox", { name: "Reading speed" }).selectOption("2")
    expect(await player(page)).toEqual({ ...resting, speed: 2 })
    await answer.getByRole("button", { name: "Resume" }).click()
    await expect
      .poll(async () => (await log(page)).filter((each) => each === "(heard)"))
      .toHaveLength(3)
    expect(await player(page)).toMatchObject({ speed: 2 })

    const [first, second, third] = sentences
    // Asked for when the one before begins to sound, not earlier.
    expect(await log(page)).toEqual([first, second, "(heard)", third, "(heard)", "(heard)"])
    await expect(answer.getByRole("button", { name: "Read aloud" })).toBeVisible()
    await expect(answer.getByRole("combobox")).toHaveCount(0)
    await expect(answer.getByRole("button", { name: "Read aloud" })).toHaveAttribute("title", /\$/)
  })

  test("one message at a time; a click or leaving stops it", async ({
    desk: page,
    simulator,
    mark,
  }) => {
    await simulator.rule(mark, { name: "text", text })
    await listen(page)
    await page.goto("/")
    await ask(page, `When does the harbour of the town open in winter? ${mark}`)
    const answer = await finished(page)
    const question = articles(page).first()
    await answer.getByRole("button", { name: "Read aloud" }).click()
    await expect.poll(async () => (await player(page)).time).toBeGreaterThan(0)
    await question.hover()
    await question.getByRole("button", { name: "Read aloud" }).click()
    await expect(question.getByRole("button", { name: "Stop reading" })).toBeVisible()
    await expect(answer.getByRole("button", { name: "Read aloud" })).toBeVisible()
    await expect.poll(() => page.evaluate(() => globalThis.heard.players.length)).toBe(2)
    const sounding = () =>
      page.evaluate(() => globalThis.heard.players.filter(({ paused }) => !paused).length)
    await expect.poll(sounding).toBe(1)

    await question.getByRole("button", { name: "Stop reading" }).click()
    expect(await sounding()).toBe(0)
    await answer.getByRole("button", { name: "Read aloud" }).click()
    await expect.poll(sounding).toBe(1)
    await button(page, "New chat").click()
    await expect(page.getByRole("log")).toHaveCount(0)
    expect(await sounding()).toBe(0)
  })

  test.describe("when the voice is away", () => {
    test.use({ expectedErrors: [/502 \/api\/speech/] })

    test("the page says so, and a click tries again", async ({ desk: page, simulator, mark }) => {
      await simulator.rule(mark, { name: "text", text: "Short." })
      const error = { code: "model_busy", message: "The voice is away." }
      await page.route(
        "**/api/speech",
        (route) => route.fulfill({ status: 502, json: { error } }),
        {
          times: 1,
        },
      )
      await listen(page)
      await page.goto("/")
      await ask(page, `Say it. ${mark}`)
      const answer = await finished(page)
      await answer.getByRole("button", { name: "Read aloud" }).click()
      await expect(answer.getByRole("alert")).toHaveText("The voice is away.")
      await answer.getByRole("button", { name: "Read aloud" }).click()
      await expect.poll(() => log(page)).toEqual(["Short.", "Short.", "(heard)"])
      await expect(answer.getByRole("alert")).toHaveCount(0)
    })
  })

  test("the door gives sound that nobody keeps, and takes one breath at a time", async ({
    api,
  }) => {
    const sound = await api.send("POST", "/api/speech", { text: "Good morning." })
    expect(sound.status()).toBe(200)
    const { "content-type": type, "cache-control": cache } = sound.headers()
    expect([type, cache]).toEqual(["audio/wav", "private, no-store"])
    expect((await sound.body()).toString("latin1", 0, 4)).toBe("RIFF")
    const long = await api.send("POST", "/api/speech", { text: "a".repeat(601) })
    expect(long.status()).toBe(400)
    expect((await long.json()).error.message).toContain("600 characters at most")
  })
})
