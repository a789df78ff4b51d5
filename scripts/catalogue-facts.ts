import { z } from "zod"
import type { snapshotModelSchema } from "../lib/aiml/catalogue/known"
import type { ModelKind } from "../lib/models/model"

// Reads a models.json: facts about the vendor's models collected from its documentation, used to make the snapshot
// when the live list is unreachable.

const factsSchema = z.object({
  id: z.string(),
  aliases: z.array(z.string()).default([]),
  developer: z.string(),
  name: z.string().optional(),
  type: z.string(),
  status: z.string(),
  contextLength: z.number().optional(),
  outputMax: z.number().optional(),
  features: z.array(z.string()).default([]),
  endpoints: z.array(z.string()).default([]),
  lastListedActive: z.string().optional(),
  note: z.string().optional(),
})
type Facts = z.infer<typeof factsSchema>
const fileSchema = z.object({ models: z.array(factsSchema) })

/** A current or retired name with the facts that determine its successor. */
export type Listed = { id: string; vendor: string; type: string }
type Gone = Listed & { names: string[]; since: string | null }
type SnapshotModel = z.infer<typeof snapshotModelSchema>

/** The current models and the retired names. */
export function readFacts(file: unknown): {
  models: SnapshotModel[]
  offered: Listed[]
  gone: Gone[]
} {
  const { models: all } = fileSchema.parse(file)
  const active = all.filter(({ status }) => /^(?:active|documented)/.test(status))
  const names = active.map(({ name }) => name)
  const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name)
  const gone = all.filter(({ status }) => /^(?:deprecated|retired)/.test(status))
  return {
    models: withOwnAliases(active.map((facts) => toModel(facts, isShared))),
    offered: active.map(toListed),
    gone: gone.map((facts) => ({
      ...toListed(facts),
      names: [facts.id, ...facts.aliases],
      since: facts.lastListedActive ?? /\d{4}-\d\d-\d\d/.exec(facts.note ?? "")?.[0] ?? null,
    })),
  }
}

function toListed({ id, developer, type }: Facts): Listed {
  return { id, vendor: developer, type }
}

function toModel(facts: Facts, isShared: (name: string) => boolean): SnapshotModel {
  const { id, name, features } = facts
  const kind = kinds[facts.type] ?? "other"
  const isNamed = name && name !== "–" && !isShared(name)
  const tail = id.split("/").at(-1) || id
  return {
    id,
    aliases: facts.aliases.filter((alias) => alias !== id),
    name: isNamed ? name : tail,
    vendor: facts.developer,
    kind,
    endpoint: endpointOf(facts),
    inputs: inputsOf(kind, features),
    outputs: outputsOf(kind, features),
    abilities: abilities.filter((ability) => features.includes(ability)),
    contextTokens: facts.contextLength ?? null,
    outputTokens: facts.outputMax ?? null,
    releasedAt: null,
  }
}

const kinds: Readonly<Record<string, ModelKind>> = {
  "chat-completion": "text",
  moderation: "text",
  image: "image",
  "3d": "shape",
  video: "video",
  music: "audio",
  tts: "speech",
  "voice-chat": "speech",
  stt: "transcription",
  ocr: "document",
  embedding: "embedding",
}

// The live list's names for the abilities of chat models.
const abilities = ["file_input", "streaming", "structured_output", "tools", "vision", "web_search"]

/** The live list's endpoint name, for families where it is known. */
function endpointOf({ type, endpoints }: Facts): string | null {
  if (type === "chat-completion" && endpoints.length > 0) {
    const onlyResponses = endpoints.every((path) => path.endsWith("/responses"))
    return onlyResponses ? "openai/responses" : "openai/chat-completions"
  }
  if (type === "image") return "openai/image-generations"
  return type === "video" ? "internal/video-generations/submit" : null
}

function inputsOf(kind: ModelKind, features: string[]): string[] {
  if (kind === "transcription") return ["audio"]
  if (kind === "document") return ["image"]
  const more = { audio_input: "audio", vision: "image", video_input: "video" }
  const media = Object.entries(more).flatMap(([name, word]) =>
    features.includes(name) ? [word] : [],
  )
  return [...media, "text"]
}

function outputsOf(kind: ModelKind, features: string[]): string[] {
  const outputs: Partial<Record<ModelKind, string[]>> = {
    text: features.includes("audio_output") ? ["audio", "text"] : ["text"],
    transcription: ["text"],
    document: ["text"],
    speech: ["audio"],
    shape: ["3d"],
  }
  return outputs[kind] ?? [kind]
}

/** Some documents give the same alias to ten models: it is kept for the one whose id ends with it. */
function withOwnAliases(models: SnapshotModel[]): SnapshotModel[] {
  const ids = new Set(models.map(({ id }) => id.toLowerCase()))
  const owners = new Map<string, string>()
  for (const { id, aliases } of models) {
    for (const alias of aliases) {
      const isNearer = id.endsWith(alias) && !owners.get(alias)?.endsWith(alias)
      if (!owners.has(alias) || isNearer) owners.set(alias, id)
    }
  }
  return models.map((model) => ({
    ...model,
    aliases: model.aliases.filter(
      (alias) => owners.get(alias) === model.id && !ids.has(alias.toLowerCase()),
    ),
  }))
}
