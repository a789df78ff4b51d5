import { hash } from "../random"
import type { Facts } from "./pack"

const spellings: Record<string, string> = {
  gpt: "GPT",
  glm: "GLM",
  ernie: "ERNIE",
  deepseek: "DeepSeek",
  minimax: "MiniMax",
  mimo: "MiMo",
  olmo: "OLMo",
  longcat: "LongCat",
  vl: "VL",
  tts: "TTS",
  ocr: "OCR",
  oss: "OSS",
  uso: "USO",
  it: "IT",
  rp: "RP",
  i2v: "Image-to-Video",
  t2v: "Text-to-Video",
  r2v: "Reference-to-Video",
  v2v: "Video-to-Video",
  t2i: "Text-to-Image",
}

/** A readable name from an id, for the models the vendor names nowhere. */
function nameFromId(id: string): string {
  return id
    .replace(/^#g1_/, "")
    .replace(/^[^/]*\/(?=[^/]+)/, "")
    .replace(/(?<![\d.])(\d)-(\d)(?![\d.a-z])/g, "$1.$2")
    .split(/[-_/\s]+/)
    .map((word) => {
      if (/^\d+(\.\d+)?[bt]$|^[ae]\d+b$/.test(word)) return word.toUpperCase()
      return spellings[word] ?? word.charAt(0).toUpperCase() + word.slice(1)
    })
    .join(" ")
}

/** The date an id carries, or an invented one that is stable for the id. */
function releasedAt(facts: Facts): string {
  const dated = /(20\d\d)-?(0[1-9]|1[0-2])-?([0-2]\d|3[01])(?!\d)/.exec(facts.id)
  if (dated) return dated.slice(1, 4).join("-")
  const [from, until] = facts.in2025_05
    ? [Date.UTC(2023, 10, 1), Date.UTC(2025, 4, 10)]
    : [Date.UTC(2025, 4, 20), Date.UTC(2026, 7, 15)]
  const share = hash(`released ${facts.id}`) / 0x1_0000_0000
  return new Date(from + share * (until - from)).toISOString().slice(0, 10)
}

function outputMax(facts: Facts): number | undefined {
  if (facts.type !== "chat-completion") return undefined
  if (facts.outputMax) return facts.outputMax
  if (facts.maxTokensDefault && facts.maxTokensDefault > 512) return facts.maxTokensDefault
  return Math.max(1024, 2 ** Math.floor(Math.log2((facts.contextLength ?? 32_768) / 4)))
}

const kindWords: Record<string, string> = {
  "chat-completion": "Chat model",
  image: "Image model",
  video: "Video model",
  music: "Music model",
  tts: "Speech model",
  "voice-chat": "Speech model",
  stt: "Transcription model",
  embedding: "Embedding model",
  ocr: "Document reader",
  "3d": "3D model generator",
}

/** The `info` section of a model, without the addresses that depend on the server. */
export function identity(
  facts: Facts,
  media: { input: string[]; output: string[] },
  sharedNames: Set<string>,
) {
  const isNamed = facts.name && facts.name !== "–" && !sharedNames.has(facts.name)
  const name = isNamed ? facts.name : nameFromId(facts.id)
  const limit = outputMax(facts)
  return {
    name,
    developer: facts.developer,
    description: `${kindWords[facts.type] ?? "Model"} by ${facts.developer}: ${media.input.join(", ") || "text"} in, ${media.output.join(", ")} out.`,
    releasedAt: releasedAt(facts),
    ...(facts.contextLength && { contextLength: facts.contextLength }),
    ...(limit && { outputMax: limit }),
  }
}
