"use client"

import { Download } from "lucide-react"
import { fileKindOf } from "@/lib/file-kinds"
import { dragProps } from "../../files/drag"
import { FileCard } from "../../files/file-card"
import { contentUrl, downloadUrl, factsLine } from "../../files/file-words"
import { Picture } from "../../files/picture"
import { UseAsInput } from "../../files/use-as-input"
import type { PartProps } from "./part-props"

/** A file that a model made, shown as far as a browser can, and to be taken along. */
export function AnswerFile({ part }: PartProps<"file">) {
  const kind = fileKindOf(part.mediaType)
  if (kind === "document" || kind === "mesh") {
    return (
      <div className="flex min-w-0 items-center gap-1">
        <FileCard part={part} isDownload />
        <UseAsInput part={part} />
      </div>
    )
  }
  return (
    <figure className="min-w-0">
      <Medium part={part} />
      <figcaption className="mt-1 flex items-center gap-2 text-ink-3 text-sm">
        <span className="min-w-0 truncate" {...dragProps(part.fileId)}>
          <bdi>{part.name}</bdi> · {factsLine(part)}
        </span>
        <UseAsInput part={part} />
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
    </figure>
  )
}

function Medium({ part }: Pick<PartProps<"file">, "part">) {
  const url = contentUrl(part.fileId)
  switch (fileKindOf(part.mediaType)) {
    case "image":
      return <Picture part={part} maxHeight="70dvh" />
    case "audio":
      return (
        // biome-ignore lint/a11y/useMediaCaption: a model's sound comes without captions
        <audio src={url} controls preload="metadata" aria-label={part.name} className="w-full" />
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
          style={{ aspectRatio: (part.width ?? 16) / (part.height ?? 9) }}
          className="max-h-[70dvh] w-full max-w-full rounded-md bg-sunken"
        />
      )
  }
}
