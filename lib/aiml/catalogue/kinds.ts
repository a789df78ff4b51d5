import type { ModelKind } from "../../models/model"

type Facts = {
  /** The vendor's endpoint name, such as "internal/ocr"; other servers have none. */
  type: string
  inputs: readonly string[]
  outputs: readonly string[]
  abilities: readonly string[]
}

/** Determines a model's kind from its outputs and abilities, then from words in its endpoint name. */
export function kindOf({ type, inputs, outputs, abilities }: Facts): ModelKind {
  const byType = wordsKind(typeWords, type.toLowerCase())
  const given = new Set(outputs.map((output) => wordsKind(outputWords, output)))
  if (given.has("text")) return textKind(byType, given.size > 1, inputs)
  for (const kind of ["shape", "video", "image", "embedding", "speech"] as const) {
    if (given.has(kind)) return kind
  }
  const byAbility = abilities.flatMap((ability) => wordsKind(abilityWords, ability) ?? [])[0]
  if (given.has("audio")) return soundKind(byAbility, byType)
  // An "audio" ability is less specific than an endpoint named speech.
  if (byAbility && byAbility !== "audio") return byAbility
  return byType ?? byAbility ?? (type === "" ? "text" : "other")
}

/** A model that outputs text may still be for reading files; one that outputs more is classified by its endpoint. */
function textKind(
  byType: ModelKind | undefined,
  givesMore: boolean,
  inputs: readonly string[],
): ModelKind {
  if (givesMore) return byType ?? "text"
  if (byType === "transcription" || byType === "document") return byType
  const isOnly = (input: string) => inputs.length > 0 && inputs.every((word) => word === input)
  if (isOnly("audio")) return "transcription"
  return isOnly("image") && byType !== "text" ? "document" : "text"
}

function soundKind(byAbility: ModelKind | undefined, byType: ModelKind | undefined): ModelKind {
  return byAbility === "speech" || byType === "speech" ? "speech" : "audio"
}

type Words = readonly (readonly [RegExp, ModelKind])[]

function wordsKind(words: Words, text: string): ModelKind | undefined {
  return words.find(([pattern]) => pattern.test(text))?.[1]
}

// The first match in each list wins: image-to-video is video.
const outputWords: Words = [
  [/3d|mesh|shape/, "shape"],
  [/video/, "video"],
  [/image/, "image"],
  [/embed|vector/, "embedding"],
  [/speech|voice/, "speech"],
  [/audio|music|sound/, "audio"],
  [/text/, "text"],
]
const abilityWords: Words = [
  [/(?:to|_)_?3d|mesh/, "shape"],
  [/to_video|video_(?:generation|edit)/, "video"],
  [/to_image|image_(?:generation|edit)/, "image"],
  [/embedding/, "embedding"],
  [/speech_to_text|transcri/, "transcription"],
  [/text_to_speech|speech_generation|tts/, "speech"],
  [/audio_generation|music/, "audio"],
  [/ocr/, "document"],
]
const typeWords: Words = [
  [/3d|mesh/, "shape"],
  [/video/, "video"],
  [/image/, "image"],
  [/embed/, "embedding"],
  [/ocr|vision|document/, "document"],
  [/stt|transcri|speech-to-text/, "transcription"],
  [/tts|speech|voice/, "speech"],
  [/audio|music/, "audio"],
  [/chat|responses|messages|completion|moderation|language/, "text"],
]
