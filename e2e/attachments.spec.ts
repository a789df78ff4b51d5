import type { Page } from "@playwright/test"
import { articles, composer, expect, finished, test } from "./fixtures"
import type { Simulator } from "./simulator"

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
)
const picture = { name: "garden.png", mimeType: "image/png", buffer: pixel }
/** Silence of no length, which is a sound to everybody who looks at its first bytes. */
const wave = Buffer.concat([
  Buffer.from("RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0", "latin1"),
  Buffer.from([0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0]),
  Buffer.from("data\0\0\0\0", "latin1"),
])
const recording = { name: "voice.wav", mimeType: "audio/wav", buffer: wave }

async function attach(page: Page, ...files: (typeof picture)[]): Promise<void> {
  const chooser = page.waitForEvent("filechooser")
  await page.getByRole("button", { name: "Attach files" }).click()
  await (await chooser).setFiles(files)
}

/** The model of this page takes pictures and nothing else. */
async function takesPicturesOnly(page: Page): Promise<void> {
  const slot = { name: "image", label: "Image", kind: "image", alsoTakes: [], minFiles: 0 }
  await page.route("**/api/models/form?**", (route) =>
    route.fulfill({
      json: {
        text: { label: "Prompt", isRequired: false, maxChars: null },
        files: [{ ...slot, isRequired: false, maxFiles: 2, isMain: true }],
        fields: [],
        shown: 0,
        gaps: [],
      },
    }),
  )
}

test("a picture is attached, outlives a reload, is sent alone and stands in the question", async ({
  desk: page,
}) => {
  await takesPicturesOnly(page)
  await page.goto("/")
  await attach(page, picture)
  const files = page.getByRole("list", { name: "Attached files" })
  await expect(files.getByText("PNG · 70 bytes")).toBeVisible()
  await page.reload()
  await expect(files.getByText("garden.png")).toBeVisible()

  const turn = page.waitForRequest(
    (request) => request.method() === "POST" && request.url().endsWith("/turn"),
  )
  await page.getByRole("button", { name: "Send" }).click()
  expect((await turn).postDataJSON().message.parts).toEqual([
    expect.objectContaining({ type: "file", name: "garden.png", mediaType: "image/png" }),
  ])
  const question = articles(page).first()
  await expect(question).toHaveAccessibleName("You: garden.png")
  await expect(question.getByRole("img", { name: "garden.png" })).toBeVisible()
  await expect(files).toHaveCount(0)
  await expect(page).toHaveURL(/\/conversations\//)
  await question.getByRole("img", { name: "garden.png" }).click()
  await expect(page.getByRole("dialog", { name: "garden.png" })).toBeVisible()
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
})

test("what a model cannot take is said, and not sent", async ({ desk: page }) => {
  await takesPicturesOnly(page)
  await page.goto("/")
  await attach(page, recording)
  await expect(page.getByText("This model takes no audio.")).toBeVisible()
  await composer(page).fill("What is said here?")
  await composer(page).press("Enter")
  await expect(page.getByRole("alert").filter({ hasText: "no audio" })).toBeVisible()
  await expect(composer(page)).toHaveValue("What is said here?")
  await page.getByRole("button", { name: "Remove voice.wav" }).click()
  await expect(page.getByText("This model takes no audio.")).toHaveCount(0)
})

test.describe("an upload that breaks", () => {
  test.use({ expectedErrors: [/\/api\/files|ERR_FAILED/] })

  test("can be tried again, and nothing is sent before", async ({ desk: page }) => {
    await takesPicturesOnly(page)
    await page.goto("/")
    await page.route("**/api/files", (route) => route.abort(), { times: 1 })
    await attach(page, picture)
    await expect(page.getByText("The file did not get through.")).toBeVisible()
    await page.getByRole("button", { name: "Send" }).click()
    await expect(page.getByRole("alert").filter({ hasText: "Upload it again" })).toBeVisible()
    await page.getByRole("button", { name: "Upload garden.png again" }).click()
    await expect(page.getByText("PNG · 70 bytes")).toBeVisible()
    await expect(page.getByRole("button", { name: "Send" })).toHaveAttribute(
      "aria-disabled",
      "false",
    )
  })
})

test("files are pasted and dropped as well", async ({ desk: page }) => {
  await takesPicturesOnly(page)
  await page.goto("/")
  await expect(page.getByRole("button", { name: "Attach files" })).toBeVisible()
  const transfer = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], "dropped.png", { type: "image/png" }))
    return data
  }, Array.from(pixel))
  // A page that is not alive yet notices nothing of what hangs over it.
  await expect(async () => {
    await composer(page).dispatchEvent("dragover", { dataTransfer: transfer })
    await expect(page.getByText("Drop files to attach them")).toBeVisible({ timeout: 500 })
  }).toPass()
  await composer(page).dispatchEvent("drop", { dataTransfer: transfer })
  await expect(page.getByText("Drop files to attach them")).toHaveCount(0)
  const removals = page.getByRole("button", { name: "Remove dropped.png" })
  await expect(removals).toHaveCount(1)
  await composer(page).evaluate((box, data) => {
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }))
  }, transfer)
  await expect(removals).toHaveCount(2)
})

const docx =
  "UEsDBBQAAAAIAAAAAACRzx8FwAAAACkBAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbH2QsU7EMBBEfyVyi84bKChQkiuAFij4gZWzyVl4dy17L5i/R+HQFRTUM/NmNMOxceo2KjWqjO7W9+44De9fmWrXOEkd3cksPwDUcCLG6jWTNE6LFkarXssKGcMHrgR3fX8PQcVI7GA7w03DEy14TtY9NyO5tDROrnu8+Paq0WHOKQa0qAK7CtPwulEpcabuDYu9INPo4FPLDLOGM5OY/x+zyfxn60GXJQa65ndaLhqo1igrJ39VGKPc/O6AnzOmb1BLAwQUAAAACAAAAAAAgqvgvZsAAADmAAAAEQAAAHdvcmQvZG9jdW1lbnQueG1sRY47DsMgEESvsto+JukiZEiXOoVzAGxvYksYEGBwbh+B82nmFbP7NO1lWzQk8mG2RuCpOSKQGew4m6fAe3c9nPEi28xHO6wLmQjbok3gWeDqDc9Yut6Or0JX4+YLourDh5B5UlqgpkdEJlv2bdnven8pbh6cGkig8xTIJ0LZTQST8r1dPVhHJoCKECiRaaqqevxuq7nPYf/N8g1QSwECFAAUAAAACAAAAAAAkc8fBcAAAAApAQAAEwAAAAAAAAAAAAAAAAAAAAAAW0NvbnRlbnRfVHlwZXNdLnhtbFBLAQIUABQAAAAIAAAAAACCq+C9mwAAAOYAAAARAAAAAAAAAAAAAAAAAPEAAAB3b3JkL2RvY3VtZW50LnhtbFBLBQYAAAAAAgACAIAAAAC7AQAAAAA="

async function sentFor(simulator: Simulator, mark: string): Promise<string> {
  await expect.poll(async () => (await simulator.requests(mark)).length).toBeGreaterThan(0)
  return JSON.stringify((await simulator.requests(mark)).at(-1)?.body)
}

test("a document that no model takes goes as its text, and the page says so", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await attach(
    page,
    {
      name: "notes.docx",
      mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      buffer: Buffer.from(docx, "base64"),
    },
    { name: "list.txt", mimeType: "text/plain", buffer: Buffer.from("Bring the red rope.") },
  )
  await composer(page).fill(`When does it open? ${mark}`)
  await expect(page.getByRole("button", { name: /^Remove / })).toHaveCount(2)
  await page.getByRole("button", { name: "Send" }).click()
  const answer = await finished(page)
  await expect(answer.getByRole("list", { name: "Given as text" })).toHaveText(
    "The model read the text of notes.docx, not the file itself.",
  )
  const sent = await sentFor(simulator, mark)
  expect(sent).toContain("The harbour opens at seven.")
  expect(sent).toContain("Bring the red rope.")
  await page.reload()
  await expect(articles(page).last().getByRole("list", { name: "Given as text" })).toBeVisible()
})

test("a picture, a PDF and a sound reach a model that takes them as they are", async ({
  desk: page,
  simulator,
  mark,
}) => {
  await page.goto("/")
  await page.getByRole("button", { name: "Model", exact: true }).click()
  await page.getByRole("searchbox", { name: "Search models" }).fill("google/gemini-3.5-flash-lite")
  await page.getByRole("option").first().click()
  const pages = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"
  await attach(
    page,
    picture,
    { name: "page.pdf", mimeType: "application/pdf", buffer: Buffer.from(pages) },
    recording,
  )
  await expect(page.getByRole("button", { name: /^Remove / })).toHaveCount(3)
  await composer(page).fill(`What are these? ${mark}`)
  await page.getByRole("button", { name: "Send" }).click()
  const answer = await finished(page)
  await expect(answer.getByRole("alert")).toHaveCount(0)
  await expect(answer.getByRole("list", { name: /Given as text|Not sent/ })).toHaveCount(0)
  const sent = await sentFor(simulator, mark)
  for (const kind of ["image_url", "file_data", "input_audio"]) expect(sent).toContain(kind)
})
