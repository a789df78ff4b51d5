import { useEffect, useRef, useState } from "react"
import type { LibraryFile } from "@/lib/db/library"
import { fileKindOf } from "@/lib/file-kinds"
import { contentUrl, typeWords } from "../files/file-words"
import { KindGlyph } from "../files/kind-glyph"

/** How a file looks, small: itself at its own proportion where a browser can show it, else what it is. */
export function Thumbnail({ file }: { file: LibraryFile }) {
  const [isBroken, setBroken] = useState(false)
  const { id, name, mediaType, width, height } = file
  const kind = fileKindOf(mediaType)
  if (kind === "video" && !isBroken) return <Film id={id} onError={() => setBroken(true)} />
  if (kind === "image" && !isBroken) {
    return (
      // biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have
      <img
        src={contentUrl(id)}
        alt=""
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
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
function Film({ id, onError }: { id: string; onError: () => void }) {
  const film = useRef<HTMLVideoElement>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    if (!film.current) return
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: "300px",
    })
    watcher.observe(film.current)
    return () => watcher.disconnect()
  }, [])
  return (
    <video
      ref={film}
      src={isNear ? `${contentUrl(id)}#t=0.1` : undefined}
      preload="metadata"
      muted
      playsInline
      tabIndex={-1}
      aria-hidden
      onError={onError}
      className="size-full object-contain"
    />
  )
}
