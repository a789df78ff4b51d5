import { AudioLines, Box, Clapperboard, FileText, Image } from "lucide-react"
import { fileKindOf } from "@/lib/base/file-kinds"

const glyphs = {
  image: Image,
  video: Clapperboard,
  audio: AudioLines,
  document: FileText,
  mesh: Box,
} as const

/** What kind of file it is, at a glance. */
export function KindGlyph({ mediaType }: { mediaType: string }) {
  const Glyph = glyphs[fileKindOf(mediaType)]
  return <Glyph size={18} aria-hidden />
}
