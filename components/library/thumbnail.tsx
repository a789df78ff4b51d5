import { useEffect, useRef, useState } from "react"
import { fileKindOf } from "@/lib/base/file-kinds"
import type { LibraryFile } from "@/lib/db/library"
import { contentUrl, previewUrl, typeWords } from "../files/file-words"
import { KindGlyph } from "../files/kind-glyph"
import { keepPreview } from "./keep-preview"

/**
 * How a file looks, small, at its own proportion: its small picture, or the file itself, of which one is drawn
 * then for the next time; what it is where a browser can show neither.
 */
export function Thumbnail({ file }: { file: LibraryFile }) {
  const [isBroken, setBroken] = useState(false)
  const { id, name, mediaType, width, height, hasPreview } = file
  const kind = fileKindOf(mediaType)
  if (kind === "video" && !hasPreview && !isBroken) {
    return <Film file={file} onError={() => setBroken(true)} />
  }
  if ((kind === "image" || hasPreview) && !isBroken) {
    return (
      // biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have
      <img
        src={hasPreview ? previewUrl(id) : contentUrl(id)}
        alt=""
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
        // What was there before the page was alive tells nobody that it came.
        ref={(image) => {
          if (image?.complete && image.naturalWidth > 0) keepPreview(file, image)
        }}
        onLoad={({ currentTarget }) => keepPreview(file, currentTarget)}
        onError={() => setBroken(true)}
        className="size-full object-contain"
      />
    )
  }
  return (
    <span className="flex flex-col items-center gap-2">
      <KindGlyph mediaType={mediaType} />
      <span className="text-xs">{typeWords(name, mediaType)}</span>
    </span>
  )
}

/** The first picture of a video, read when it comes near the screen. */
function Film({ file, onError }: { file: LibraryFile; onError: () => void }) {
  const film = useRef<HTMLVideoElement>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (!film.current) return
    const watcher = new IntersectionObserver(
      (seen) => seen.at(-1)?.isIntersecting && setNear(true),
      {
        rootMargin: "300px",
      },
    )
    watcher.observe(film.current)
    return () => watcher.disconnect()
  }, [])
  return (
    <video
      ref={film}
      src={isNear ? `${contentUrl(file.id)}#t=0.1` : undefined}
      preload="metadata"
      muted
      playsInline
      tabIndex={-1}
      aria-hidden
      onSeeked={({ currentTarget }) => keepPreview(file, currentTarget)}
      onError={onError}
      className="size-full object-contain"
    />
  )
}
