import { useEffect, useRef } from "react"
import { fileKindOf } from "@/lib/base/file-kinds"
import type { LibraryFile } from "@/lib/db/library"
import { contentUrl, factsLine } from "./file-words"
import { KindGlyph } from "./kind-glyph"
import { toPart } from "./to-part"

/** One of the person's files in a list to choose from. */
export function FileOption({
  id,
  file,
  isActive,
  onPoint,
  onChoose,
}: {
  id: string
  file: LibraryFile
  isActive: boolean
  onPoint: () => void
  onChoose: () => void
}) {
  const option = useRef<HTMLDivElement>(null)
  const prompt = file.generation?.prompt
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: "nearest" })
  }, [isActive])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the box
    <div
      ref={option}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onPointerDown={(event) => event.preventDefault()} // the box keeps the focus
      onPointerMove={onPoint}
      onClick={onChoose}
      className="flex min-h-11 items-center gap-3 rounded-md px-2 aria-selected:bg-hover"
    >
      <span className="flex size-8 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-sunken text-ink-3">
        {fileKindOf(file.mediaType) === "image" ? (
          // biome-ignore lint/performance/noImgElement: behind a session, which an optimizer does not have
          <img
            src={contentUrl(file.id)}
            alt=""
            decoding="async"
            className="size-full object-cover"
          />
        ) : (
          <KindGlyph mediaType={file.mediaType} />
        )}
      </span>
      <span className="min-w-0 grow">
        <bdi className="block truncate">{prompt || file.name}</bdi>
        <span className="block truncate text-ink-3 text-sm">
          {prompt && <bdi>{file.name} · </bdi>}
          {factsLine(toPart(file))}
        </span>
      </span>
    </div>
  )
}
