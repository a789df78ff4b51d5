import dynamic from "next/dynamic"
import type { LibraryFile } from "@/lib/db/library"
import { fileKindOf } from "@/lib/file-kinds"
import { contentUrl, typeWords } from "../files/file-words"
import { KindGlyph } from "../files/kind-glyph"
import { toPart } from "../files/to-part"

const ShapeView = dynamic(
  () => import("../media/views/shape-view").then((module) => module.ShapeView),
  { ssr: false },
)

/** A file as large as the dialog allows, as far as a browser can show it. */
export function LargeView({ file }: { file: LibraryFile }) {
  const { id, name, mediaType, width, height } = file
  const url = contentUrl(id)
  switch (fileKindOf(mediaType)) {
    case "image":
      return (
        // biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have
        <img
          src={url}
          alt={name}
          width={width}
          height={height}
          className="mx-auto h-auto max-h-[60dvh] w-auto max-w-full rounded-md bg-sunken object-contain"
        />
      )
    case "video":
      return (
        // biome-ignore lint/a11y/useMediaCaption: a model's film comes without captions
        <video
          src={url}
          controls
          playsInline
          preload="metadata"
          aria-label={name}
          style={{ aspectRatio: (width ?? 16) / (height ?? 9) }}
          className="mx-auto max-h-[60dvh] max-w-full rounded-md bg-sunken"
        />
      )
    case "audio":
      return (
        // biome-ignore lint/a11y/useMediaCaption: a model's sound comes without captions
        <audio src={url} controls preload="metadata" aria-label={name} className="w-full" />
      )
    case "mesh":
      return <ShapeView part={toPart(file)} />
    case "document":
      return (
        <p className="flex flex-col items-center gap-2 rounded-md bg-sunken py-12 text-ink-3">
          <KindGlyph mediaType={mediaType} />
          {typeWords(name, mediaType)}
        </p>
      )
  }
}
