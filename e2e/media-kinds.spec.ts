import { type Locator, request } from "@playwright/test"
import { newId } from "@/lib/base/id"
import type { FilePart } from "@/lib/message/message"
import { Api } from "./api"
import { articles, expect, test } from "./fixtures"
import { sampleFiles } from "./made-up"
import { originOf, password, signIn, signUp } from "./people"
import { createDatabase, Server } from "./server"
import { startUpstream } from "./upstream"

// A result of each kind is really decoded by the browser, and still is when the server was started anew and
// the service has forgotten what it made.

type Kind = {
  name: string
  model: string
  text: string
  /** What goes in: a sample, or the file that an earlier kind made. */
  from?: keyof typeof sampleFiles | { made: string }
  isThere: (answer: Locator) => Promise<void>
  params?: object
  /** The place for the same picture once more, as the mask of itself. */
  maskSlot?: string
}

const picture = async (answer: Locator) => {
  await expect
    .poll(() =>
      answer
        .locator("figure img")
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(0)
}
const medium = (tag: "video" | "audio") => async (answer: Locator) => {
  await expect
    .poll(() =>
      answer
        .locator(tag)
        .first()
        .evaluate((element: HTMLMediaElement) => element.duration),
    )
    .toBeGreaterThan(0)
}
const words = async (answer: Locator) => {
  await expect(answer).toContainText(/\p{L}{3,} \p{L}{2,}/u)
}

const kinds: readonly Kind[] = [
  { name: "image", model: "flux/schnell", text: "A boat at sea", isThere: picture },
  {
    name: "edit",
    model: "openai/gpt-image-1",
    text: "Make the boat red",
    from: { made: "image" },
    isThere: picture,
  },
  {
    name: "edit with a mask",
    model: "openai/gpt-image-1",
    text: "Make the middle red",
    from: "image",
    maskSlot: "mask",
    isThere: picture,
  },
  {
    name: "spoken answer",
    model: "alibaba/qwen3.5-omni-plus",
    text: "Say something about boats",
    params: { $sound: true },
    isThere: medium("audio"),
  },
  {
    name: "video",
    model: "kling-video/v1.6/standard/text-to-video",
    text: "A boat at sea",
    isThere: medium("video"),
  },
  {
    name: "video from a picture",
    model: "kling-video/v1.6/standard/image-to-video",
    text: "The boat sails away",
    from: { made: "image" },
    isThere: medium("video"),
  },
  { name: "music", model: "stable-audio", text: "A slow waltz", isThere: medium("audio") },
  {
    name: "speech",
    model: "alibaba/qwen3-tts-flash",
    text: "The boat is at sea.",
    isThere: medium("audio"),
  },
  { name: "transcript", model: "aai/universal", text: "", from: "audio", isThere: words },
  {
    name: "pages",
    model: "mistral/mistral-ocr-latest",
    text: "",
    from: "document",
    isThere: words,
  },
  {
    name: "shape",
    model: "triposr",
    text: "",
    from: { made: "image" },
    isThere: (answer) => expect(answer.getByRole("link", { name: /^Download / })).toBeVisible(),
  },
]

test("each kind is made, decoded, and still there after a restart and without the service's copies", async ({
  browser,
}) => {
  test.setTimeout(240_000)
  const upstream = await startUpstream()
  const env = {
    DATABASE_URL: await createDatabase(),
    AUTH_SECRET: "a secret of thirty-two characters or more",
    AIMLAPI_BASE_URL: upstream.url,
    DATA_DIR: test.info().outputPath("data"),
    // Ours ends it, as in the image: the framework's waits for players that keep their connections.
    NEXT_MANUAL_SIG_HANDLE: "true",
  }
  const server = await Server.start(env)
  const context = await browser.newContext({ baseURL: server.site })
  const headers = originOf(server.site)
  await signIn(context.request, (await signUp(context.request, headers)).email, password, headers)
  const api = new Api(context.request, headers)
  const page = await context.newPage()
  const made = new Map<string, { conversation: string; file: FilePart | undefined }>()

  const upload = async (name: keyof typeof sampleFiles): Promise<FilePart> => {
    const response = await context.request.post("/api/files", {
      headers,
      multipart: { file: sampleFiles[name] },
    })
    const { id, ...facts } = await response.json()
    return { type: "file", fileId: id, ...facts }
  }
  for (const { name, model, text, from, isThere, params = {}, maskSlot } of kinds) {
    await test.step(name, async () => {
      const file = typeof from === "string" ? await upload(from) : from && made.get(from.made)?.file
      const mask = maskSlot ? await upload("image") : null
      const parts = [
        ...(file ? [file] : []),
        ...(mask ? [mask] : []),
        ...(text === "" ? [] : [{ type: "text", text }]),
      ]
      const conversation = newId()
      const message = { id: newId(), parentId: null, parts }
      const slots = mask ? { $slots: { [mask.fileId]: maskSlot } } : {}
      const response = await api.send("POST", `/api/conversations/${conversation}/turn`, {
        ...{ message, models: [model], params: { ...params, ...slots } },
      })
      expect(response.status(), await response.text()).toBe(200)
      const answer = await api.last(conversation)
      expect(answer.error, name).toBeNull()
      const result = answer.parts.find((part) => part.type === "file")
      made.set(name, { conversation, file: result })
      await page.goto(`/conversations/${conversation}`)
      await isThere(articles(page).last())
    })
  }

  await server.end("SIGTERM")
  await upstream.control("DELETE", "media")
  const again = await Server.start(env, Number(new URL(server.site).port))
  for (const { name, isThere } of kinds) {
    await test.step(`${name}, again`, async () => {
      await page.goto(`/conversations/${made.get(name)?.conversation}`)
      await isThere(articles(page).last())
    })
  }
  // And not for others: a file is its person's.
  const stranger = await request.newContext({ baseURL: again.site })
  const file = made.get("image")?.file?.fileId
  expect((await stranger.get(`/api/files/${file}/content`)).status()).toBe(401)
  await stranger.dispose()
  await context.close()
  await again.end("SIGKILL")
  await upstream.close()
})
