// Makes `catalogue.ndjson.br`: npx tsx simulator/catalogue/pack.ts <models.json>
// Ids, developers, context lengths and abilities are the vendor's; prices, and release dates where
// an id names none, are made up (see prices.ts).
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import { z } from "zod"
import { loadOperations, type Operation, schemaOf } from "../specs"
import { identity } from "./identity"
import { pricing } from "./prices"
import { thinking } from "./thinking"

const factsSchema = z.object({
  id: z.string(),
  developer: z.string(),
  name: z.string().optional(),
  type: z.string(),
  status: z.string(),
  contextLength: z.number().optional(),
  outputMax: z.number().optional(),
  maxTokensDefault: z.number().optional(),
  features: z.array(z.string()).default([]),
  endpoints: z.array(z.string()).default([]),
  aliases: z.array(z.string()).default([]),
  in2025_05: z.boolean().default(false),
})
export type Facts = z.infer<typeof factsSchema>

/** The vendor's word for the endpoint. The first three are documented, the rest follow their style. */
function typeOf(facts: Facts): string {
  const onlyResponses =
    facts.endpoints.length > 0 && facts.endpoints.every((path) => path.endsWith("/responses"))
  if (facts.type === "chat-completion") {
    return onlyResponses ? "openai/responses" : "openai/chat-completions"
  }
  const types: Record<string, string> = {
    image: "openai/image-generations",
    "3d": "openai/image-generations",
    video: "internal/video-generations/submit",
    music: "internal/audio-generations/submit",
    stt: "internal/speech-to-text/submit",
    tts: "internal/text-to-speech",
    "voice-chat": "internal/text-to-speech",
    embedding: "openai/embeddings",
    ocr: "internal/ocr",
  }
  return types[facts.type] ?? `internal/${facts.type}`
}

const propertiesSchema = z.object({ properties: z.record(z.string(), z.unknown()) })

function fieldsOf(operation: Operation | undefined): string[] {
  const parsed = propertiesSchema.safeParse(operation && schemaOf(operation))
  return parsed.success ? Object.keys(parsed.data.properties) : []
}

const needsPicture = (id: string) => /i2v|image-to-|r2v|reference-to-video|first-last/.test(id)

function modalities(facts: Facts, fields: string[]): { input: string[]; output: string[] } {
  const has = (pattern: RegExp) => fields.some((field) => pattern.test(field))
  const sees =
    needsPicture(facts.id) ||
    facts.features.includes("vision") ||
    has(/^image|_image|reference_images/)
  const input = [
    ...(has(/^audio_url|^audio$/) || facts.features.includes("audio_input") ? ["audio"] : []),
    ...(sees || facts.type === "3d" || facts.type === "ocr" ? ["image"] : []),
    "text",
    ...(has(/^video_url/) || facts.features.includes("video_input") ? ["video"] : []),
  ]
  const outputs: Record<string, string[]> = {
    "chat-completion": [
      ...(facts.features.includes("audio_output") ? ["audio"] : []),
      ...(/-image(-|$)/.test(facts.id) ? ["image"] : []),
      "text",
    ],
    image: ["image"],
    "3d": ["3d"],
    video: ["video"],
    music: ["audio"],
    tts: ["audio"],
    "voice-chat": ["audio"],
    stt: ["text"],
    ocr: ["text"],
    embedding: ["embedding"],
  }
  if (facts.type === "stt") return { input: ["audio"], output: ["text"] }
  return { input, output: outputs[facts.type] ?? ["text"] }
}

function capabilities(facts: Facts, fields: string[], sees: boolean): string[] {
  if (facts.type === "video") {
    return [
      ...(sees ? ["image_to_video"] : []),
      ...(needsPicture(facts.id) ? [] : ["text_to_video"]),
    ]
  }
  if (["music", "tts", "voice-chat"].includes(facts.type)) return ["audio_generation"]
  const vendorWords = ["file_input", "streaming", "structured_output", "tools", "vision"]
  return [
    ...vendorWords.filter((word) => facts.features.includes(word)),
    ...(fields.includes("parallel_tool_calls") ? ["parallel_tool_calls"] : []),
  ].sort()
}

const kinds = ["chat", "responses", "image", "3d", "video", "music", "speech", "transcription"]
const operations = [...kinds, "embedding", "ocr"].flatMap((kind) => loadOperations(kind))
const operationOf = (id: string) => operations.find((operation) => operation.models.includes(id))

function record(facts: Facts, known: Set<string>) {
  const operation = operationOf(facts.id)
  const fields = fieldsOf(operation)
  const media = modalities(facts, fields)
  const type = typeOf(facts)
  const spelledOtherwise = facts.type === "chat-completion" ? (operation?.models ?? []) : []
  return {
    id: facts.id,
    type,
    aliases: [...new Set([...facts.aliases, ...spelledOtherwise])].filter((id) => !known.has(id)),
    tags: [
      `playground:${{ "chat-completion": "chat", "voice-chat": "tts" }[facts.type] ?? facts.type}`,
    ],
    info: identity(facts, media, sharedNames),
    modalities: media,
    capabilities: capabilities(facts, fields, media.input.includes("image")),
    pricing: pricing(facts.id, facts.type),
    ...(type === "openai/chat-completions" && { thinking: thinking(facts, operation && fields) }),
  }
}

const file = process.argv[2]
if (!file) throw new Error("Give the models.json as the first argument.")
const { models } = z
  .object({ models: z.array(factsSchema) })
  .parse(JSON.parse(readFileSync(file, "utf8")))
const listed = models.filter((facts) => /^(active|documented)/.test(facts.status))
const names = listed.map((facts) => facts.name ?? "")
const sharedNames = new Set(names.filter((name, index) => names.indexOf(name) !== index))
const known = new Set(listed.map((facts) => facts.id))
const taken = new Set<string>()
const records = listed
  .map((facts) => record(facts, known))
  // Some specs share one alias between ten models: the model that ends like it keeps it.
  .sort((left, right) => left.id.localeCompare(right.id))
for (const entry of records) {
  const others = records.filter((other) => other !== entry)
  entry.aliases = entry.aliases.filter((alias) => {
    const isBetterElsewhere =
      !entry.id.endsWith(alias) &&
      others.some((other) => other.aliases.includes(alias) && other.id.endsWith(alias))
    if (isBetterElsewhere || taken.has(alias)) return false
    taken.add(alias)
    return true
  })
}
const retired = models
  .filter((facts) => /^(deprecated|retired)/.test(facts.status))
  .map((facts) => facts.id)
  .filter((id) => !known.has(id) && !taken.has(id))
const lines = [...records, { retired }].map((entry) => JSON.stringify(entry)).join("\n")
const compressed = brotliCompressSync(Buffer.from(lines))
writeFileSync(join(import.meta.dirname, "catalogue.ndjson.br"), compressed)
console.log(`${records.length} models, ${retired.length} retired, ${compressed.length} bytes`)
