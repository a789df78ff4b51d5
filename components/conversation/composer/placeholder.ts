import type { ChosenModel, ModelKind } from "@/lib/models/model"

const words: Partial<Record<ModelKind, string>> = {
  image: "Describe a picture",
  video: "Describe a video",
  audio: "Describe the music",
  speech: "Write what to say aloud",
  transcription: "Attach a recording",
  document: "Attach a document",
  embedding: "Write what to turn into numbers",
  shape: "Describe a thing, or attach a picture of it",
}

/** What the empty box asks for. */
export function placeholderFor(model: ChosenModel | null): string {
  return model ? (words[model.kind] ?? `Ask ${model.name}`) : "Ask anything"
}
