"use client"

import { Download } from "lucide-react"
import { fileKindOf } from "@/lib/file-kinds"
import { DeletedFile } from "../../files/deleted-file"
import { FileCard } from "../../files/file-card"
import { contentUrl, downloadUrl, factsLine } from "../../files/file-words"
import { Picture } from "../../files/picture"
import { useMissing } from "../../files/use-missing"
import { MakeGifButton } from "../../media/make-gif-button"
import type { PartProps } from "./part-props"

/** A file that a model made, shown as far as a browser can, and to be taken along. */
export function AnswerFile({ part }: PartProps<"file">) {
  const [missing, onError] = useMissing(part)
  const kind = fileKindOf(part.mediaType)
  if (missing === "deleted") return <DeletedFile part={part} />
  if (missing === "broken" || kind === "document" || kind === "mesh") {
    return <FileCard part={part} isDownload />
  }
  return (
    <figure className="min-w-0">
      <Medium part={part} onError={onError} />
      <figcaption className="mt-1 flex items-center gap-2 text-ink-3 text-sm">
        <span className="min-w-0 truncate">
          <bdi>{part.name}</bdi> · {factsLine(part)}
        </span>
        <a
          href={downloadUrl(part.fileId)}
          download={part.name}
          aria-label={`Download ${part.name}`}
          title="Download"
          className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 transition-colors hover:bg-hover hover:text-ink coarse:size-11"
        >
          <Download size={15} aria-hidden />
        </a>
      </figcaption>
      {kind === "video" && <MakeGifButton part={part} />}
    </figure>
  )
}

function Medium({ part, onError }: Pick<PartProps<"file">, "part"> & { onError: () => void }) {
  const url = contentUrl(part.fileId)
  switch (fileKindOf(part.mediaType)) {
    case "image":
      return <Picture part={part} maxHeight="70dvh" onError={onError} />
    case "audio":
      return (
        // biome-ignore lint/a11y/useMediaCaption: a model's sound comes without captions
        <audio
          src={url}
          controls
          preload="metadata"
          aria-label={part.name}
          onError={onError}
          className="w-full"
        />
      )
    default:
      return (
        // biome-ignore lint/a11y/useMediaCaption: a model's film comes without captions
        <video
          src={url}
          controls
          playsInline
          preload="metadata"
          aria-label={part.name}
          onError={onError}
          style={{ aspectRatio: (part.width ?? 16) / (part.height ?? 9) }}
          className="max-h-[70dvh] w-full max-w-full rounded-md bg-sunken"
        />
      )
  }
}
