import { expect, type Locator } from "@playwright/test"

/** A model that the vendor does not have, of a kind it has, with a parameter that no model has. */
export type MadeUp = {
  name: string
  model: object
  operation: object
  text: string
  file?: keyof typeof sampleFiles
  /** What its answer must be, really decoded by the browser. */
  check: (answer: Locator) => Promise<void>
}

const motto = { type: "string", maxLength: 200 }

function made(
  name: string,
  type: string,
  kind: string,
  path: string,
  properties: object,
  required: string[],
  more: object = {},
) {
  const id = `atelier/${name.toLowerCase().replaceAll(" ", "-")}`
  const model = { id, type, info: { name, developer: "Atelier" }, ...more }
  const request = {
    type: "object",
    properties: { model: { type: "string", enum: [id] }, ...properties, motto },
    required: ["model", ...required],
  }
  return { name, model, operation: { kind, method: "POST", path, request } }
}

const text = { type: "string" }
const address = { type: "string", format: "uri" }
const messages = {
  type: "array",
  items: {
    type: "object",
    properties: { role: { type: "string", enum: ["user", "assistant"] }, content: text },
    required: ["role", "content"],
  },
}

async function isPicture(answer: Locator): Promise<void> {
  const image = answer.getByRole("img").first()
  await expect(image).toBeVisible()
  const width = () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)
  await expect.poll(width).toBeGreaterThan(0)
}

const plays = (tag: "audio" | "video") => async (answer: Locator) => {
  const player = answer.locator(tag)
  await expect(player).toBeVisible()
  const duration = () => player.evaluate((element) => (element as HTMLMediaElement).duration)
  await expect.poll(duration).toBeGreaterThan(0)
}

const says = (words: RegExp) => async (answer: Locator) => {
  await expect(answer).toContainText(words)
}

export const madeUp: MadeUp[] = [
  {
    ...made(
      "Quillon",
      "openai/chat-completions",
      "chat",
      "/v1/chat/completions",
      { messages, stream: { type: "boolean" } },
      ["messages"],
    ),
    text: "repeat exactly: pen and ink",
    check: says(/pen and ink/),
  },
  {
    ...made(
      "Tintoria",
      "openai/image-generations",
      "image",
      "/v1/images/generations",
      { prompt: text },
      ["prompt"],
    ),
    text: "A lighthouse in a storm",
    check: isPicture,
  },
  {
    ...made(
      "Kinetoscope",
      "internal/video-generations/submit",
      "video",
      "/v2/video/generations",
      { prompt: text, duration: { type: "integer", enum: [2, 4], default: 2 } },
      ["prompt"],
    ),
    text: "Waves at night",
    check: plays("video"),
  },
  {
    ...made(
      "Orchestrion",
      "internal/audio-generations/submit",
      "music",
      "/v2/generate/audio",
      { prompt: text },
      ["prompt"],
    ),
    text: "A slow waltz",
    check: plays("audio"),
  },
  {
    ...made("Elocutio", "internal/text-to-speech", "speech", "/v1/tts", { text }, ["text"]),
    text: "Good evening to everybody.",
    check: plays("audio"),
  },
  {
    ...made(
      "Stenograph",
      "internal/speech-to-text/submit",
      "transcription",
      "/v1/stt/create",
      { audio: { type: "string", format: "binary" } },
      ["audio"],
    ),
    text: "",
    file: "audio",
    check: says(/\w{3,}/),
  },
  {
    ...made(
      "Lectorium",
      "internal/ocr",
      "ocr",
      "/v1/ocr",
      {
        document: {
          type: "object",
          properties: { type: { type: "string", enum: ["document_url"] }, document_url: text },
          required: ["type", "document_url"],
        },
      },
      ["document"],
    ),
    text: "",
    file: "document",
    check: says(/A page to be read/),
  },
  {
    ...made(
      "Vectorine",
      "openai/embeddings",
      "embedding",
      "/v1/embeddings",
      { input: { anyOf: [text, { type: "array", items: text }] } },
      ["input"],
    ),
    text: "A cat on a mat",
    check: says(/Vector of \d+ numbers/),
  },
  {
    ...made(
      "Plasticine",
      "openai/image-generations",
      "3d",
      "/v1/images/generations",
      { image_url: address },
      ["image_url"],
      { modalities: { input: ["image"], output: ["3d"] } },
    ),
    text: "",
    file: "image",
    check: async (answer) => {
      await expect(answer.getByRole("link", { name: /^Download / })).toBeVisible()
    },
  },
]

// Small real files.

const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"

function wav(): Buffer {
  const rate = 8_000
  const bytes = Buffer.alloc(44 + rate * 2)
  bytes.write("RIFF", 0)
  bytes.writeUInt32LE(36 + rate * 2, 4)
  bytes.write("WAVEfmt ", 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write("data", 36)
  bytes.writeUInt32LE(rate * 2, 40)
  for (let index = 0; index < rate; index++) {
    bytes.writeInt16LE(Math.round(8_000 * Math.sin(index / 6)), 44 + index * 2)
  }
  return bytes
}

const page = "BT /F1 24 Tf 72 700 Td (A page to be read) Tj ET"
const pdf = [
  "%PDF-1.4",
  "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
  "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>endobj",
  `4 0 obj<</Length ${page.length}>>stream\n${page}\nendstream endobj`,
  "trailer<</Root 1 0 R>>",
].join("\n")

export const sampleFiles = {
  image: { name: "picture.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") },
  audio: { name: "sound.wav", mimeType: "audio/wav", buffer: wav() },
  document: { name: "page.pdf", mimeType: "application/pdf", buffer: Buffer.from(pdf) },
}
