import { fileKindOf } from "@/lib/base/file-kinds"
import type { LibraryFile } from "@/lib/db/library"
import { contentUrl, typeWords } from "../files/file-words"
import { KindGlyph } from "../files/kind-glyph"
import { toPart } from "../files/to-part"
import { MediaPlayer } from "../media/media-player"

/** Whether a file has a player, which names it and its facts. */
export function isPlayed({ mediaType }: Pick<LibraryFile, "mediaType">): boolean {
  return !["image", "document"].includes(fileKindOf(mediaType))
}

/** A file as large as the dialog allows, as far as a browser can show it. */
export function LargeView({ file }: { file: LibraryFile }) {
  const { id, name, mediaType, width, height } = file
  if (isPlayed(file)) return <MediaPlayer part={toPart(file)} />
  if (fileKindOf(mediaType) === "document") {
    return (
      <p className="flex flex-col items-center gap-2 rounded-md bg-sunken py-12 text-ink-3">
        <KindGlyph mediaType={mediaType} />
        {typeWords(name, mediaType)}
      </p>
    )
  }
  return (
    // biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have
    <img
      src={contentUrl(id)}
      alt={name}
      width={width}
      height={height}
      className="mx-auto h-auto max-h-[60dvh] w-auto max-w-full rounded-md bg-sunken object-contain"
    />
  )
}
