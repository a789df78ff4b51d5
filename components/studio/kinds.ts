import type { ModelKind } from "@/lib/models/model"

/** The kinds of services that have a form of their own, each with what it is for. */
export const studioKinds = {
  image: { title: "Image", purpose: "Pictures from words, or from other pictures." },
  video: { title: "Video", purpose: "Short films from words or a picture." },
  audio: { title: "Music", purpose: "Songs and sounds from a description." },
  speech: { title: "Speech", purpose: "A text, read aloud by the voice you choose." },
  transcription: { title: "Transcription", purpose: "What is said in a recording, in writing." },
  document: { title: "Documents", purpose: "The text of a scan, a photo or a PDF." },
  shape: { title: "3D", purpose: "A shape to turn around, from a picture of it." },
} as const satisfies Partial<Record<ModelKind, { title: string; purpose: string }>>

export type StudioKind = keyof typeof studioKinds

export function isStudioKind(kind: string): kind is StudioKind {
  return Object.hasOwn(studioKinds, kind)
}
