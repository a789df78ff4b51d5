import {
  Binary,
  Box,
  Captions,
  Clapperboard,
  Ellipsis,
  Image,
  type LucideIcon,
  Music,
  ScanText,
  Type,
  Volume2,
} from "lucide-react"
import type { ModelKind } from "@/lib/models/model"

/** What the kinds of models are called, in the order in which they are offered. */
export const modelKinds: Record<ModelKind, { label: string; Glyph: LucideIcon }> = {
  text: { label: "Text", Glyph: Type },
  image: { label: "Image", Glyph: Image },
  video: { label: "Video", Glyph: Clapperboard },
  audio: { label: "Music", Glyph: Music },
  speech: { label: "Speech", Glyph: Volume2 },
  transcription: { label: "Transcription", Glyph: Captions },
  document: { label: "Documents", Glyph: ScanText },
  embedding: { label: "Embeddings", Glyph: Binary },
  shape: { label: "3D", Glyph: Box },
  other: { label: "Other", Glyph: Ellipsis },
}

const order = Object.keys(modelKinds)

export function kindOrder(kind: ModelKind): number {
  return order.indexOf(kind)
}
