import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "@playwright/test"
import { vendorModels } from "../lib/aiml/catalogue/known"
import { Catalogue } from "../simulator/catalogue"

// Models, their vendors and their endpoints are data; no code may contain their names.

const root = join(import.meta.dirname, "..")
const client = join(root, "lib", "aiml")

/** Vendors and families that may be missing from the current list. */
const known =
  `aimlapi abacus ai21 alibaba anthropic aleph amazon assemblyai aura aya baai bagoodex baichuan baidu beeble
  bge black-forest-labs blackforestlabs bytedance chatgpt claude codex cohere dall-e dbrx deepgram deepseek
  doubao eleven elevenlabs ernie fal fabric flux gecko gemini gemma glm google gpt grok hailuo haiku hume
  hunyuan ideogram imagen inworld kandinsky kimi kling klingai krea kuaishou llama llava longcat lora ltxv
  luma lyria magistral meta-llama microsoft midjourney minimax mistral mixtral moonshot nano-banana nemotron
  nova nvidia octave omnihuman openai openrouter opus perplexity phi pika pixverse qwen ray-2 recraft reve
  runway sana seedance seedream slam sonar sonnet sora stability stable-audio stable-diffusion stepfun suno
  tencent togetherai topaz triposr universal-1 veo vibevoice vidu voyage wan whisper xai yi zhipu`
    .split(/\s+/)
    .filter((name) => name !== "opus")

/** Regular words that are also names of models or families. */
const ordinary: Readonly<Record<string, string>> = {
  image: "a picture; also the name of a protocol and of a kind of file",
  video: "a film; the same",
  text: "words; also a type of part in a message",
  document: "what stands on pages; also a kind of file",
  speech: "what is spoken; also the name of a protocol",
  music: "what is played",
  tts: "a part of an address",
  meta: "a member of every answer",
  step: "one after the other; also a part of a run",
  edit: "to change",
  alpha: "the transparency of a picture",
  preview: "a small picture of a result",
  seed: "a parameter of many models",
  create: "a part of an address",
  labs: "how many makers' names end",
  turbo: "a size of many models, told apart by nobody's name",
}

/** All words that could refer to a model: ids, aliases, vendors, and their families. */
function names(): Set<string> {
  const found = new Set(known)
  for (const { id, aliases, info } of new Catalogue().list()) {
    found.add(info.developer.toLowerCase())
    for (const name of [id, ...aliases].map((given) => given.toLowerCase())) {
      found.add(name)
      // "vendor/family-2/size": the vendor, and the family without its version.
      const parts = name.split("/")
      for (const part of parts) found.add(/[a-z]{3,}/.exec(part)?.[0] ?? part)
      if (parts.length > 1) found.add(parts[0] ?? name)
    }
  }
  return new Set([...found].filter((name) => name.length > 2 && !Object.hasOwn(ordinary, name)))
}

/** Names of the SDK's packages and exports cannot be changed. */
function withoutSdk(code: string): string {
  return code
    .replaceAll(/^import [^"]* from "@ai-sdk\/[a-z-]+(\/internal)?"$/gm, "")
    .replaceAll(
      /\b(createOpenAI|createAnthropic|OpenAICompatible\w+|createOpenAICompatible)\b/g,
      "",
    )
}

function namesIn(code: string, forbidden: ReadonlySet<string>): string[] {
  const text = withoutSdk(code).toLowerCase()
  return [...forbidden].filter((name) => {
    const escaped = name.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&")
    return new RegExp(`(?<![a-z0-9])${escaped}(?![a-z0-9])`).test(text)
  })
}

test("no code of the client knows a model or a maker by name", () => {
  const forbidden = names()
  expect(forbidden.size).toBeGreaterThan(500)
  const files = readdirSync(client, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .toSorted()
  expect(files.length).toBeGreaterThan(50)
  const found = files.flatMap((file) =>
    namesIn(readFileSync(join(client, file), "utf8"), forbidden).map((name) => `${file}: ${name}`),
  )
  expect(found).toEqual([])
})

test("a name is found in an address, in a comment and in a condition, and not within a word", () => {
  const forbidden = names()
  const lines: [string, string[]][] = [
    ['const path = "/v2/generate/video/kling/generation"', ["kling"]],
    ["// as Claude has it", ["claude"]],
    ['if (model.startsWith("gpt-4o")) return', ["gpt", "gpt-4o"]],
    ['import { createOpenAI } from "@ai-sdk/openai"', []],
    ["const provider = createAnthropic({ baseURL })", []],
    ["const wanted = metadata.mistralike", []],
  ]
  for (const [code, expected] of lines) {
    expect(namesIn(code, forbidden)).toEqual(expect.arrayContaining(expected))
    if (expected.length === 0) expect(namesIn(code, forbidden)).toEqual([])
  }
})

test("nor is one written in any other code of the app", async () => {
  const { models } = await vendorModels.snapshot()
  const retired = await vendorModels.retired()
  const ids = [...models.flatMap(({ id, aliases }) => [id, ...aliases]), ...retired.keys()]
  const lowered = new Set(ids.map((id) => id.toLowerCase()))
  // Some vendors' names are regular words except for the capital.
  const makers = new Set(models.map(({ vendor }) => vendor))
  const written = ["lib", "app", "components"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|^lib\/db\/gen/.test(name))
      .flatMap((file) =>
        [...readFileSync(join(root, file), "utf8").matchAll(/(["'`])([^"'`\n]+)\1/g)]
          .map(([, , text = ""]) => text)
          .filter((text) => lowered.has(text.toLowerCase()) || makers.has(text))
          .map((text) => `${file}: ${text}`),
      ),
  )
  expect(written).toEqual([])
})
