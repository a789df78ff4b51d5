"use client"

import { lazy } from "react"
import { fileKindOf } from "@/lib/file-kinds"
import type { FilePart } from "@/lib/message"
import { DeletedFile } from "../../files/deleted-file"
import { FileCaption } from "../../files/file-caption"
import { FileCard } from "../../files/file-card"
import { filesOfKind } from "../../files/files-of-kind"
import { Picture } from "../../files/picture"
import { UseAsInput } from "../../files/use-as-input"
import { useMissing } from "../../files/use-missing"
import { MakeGifButton } from "../../media/make-gif-button"
import { WhenAlive } from "../../ui/when-alive"
import type { PartProps } from "./part-props"

// Not next/dynamic: within another one it asks for chunks that there are not, once a server draws it.
const VideoView = lazy(async () => ({
  default: (await import("../../media/views/video-view")).VideoView,
}))
const AudioView = lazy(async () => ({
  default: (await import("../../media/views/audio-view")).AudioView,
}))
const ShapeView = lazy(async () => ({
  default: (await import("../../media/views/shape-view")).ShapeView,
}))

/** A file that a model made, shown as far as a browser can, and to be taken along. */
export function AnswerFile({ part, siblings = [part], asked = [] }: PartProps<"file">) {
  const [missing, onError] = useMissing(part)
  if (missing === "deleted") return <DeletedFile part={part} />
  if (missing === "broken") return <FileCard part={part} isDownload />
  switch (fileKindOf(part.mediaType)) {
    case "image": {
      const [before] = filesOfKind(asked, "image")
      return (
        <figure className="min-w-0">
          <Picture
            part={part}
            maxHeight="70dvh"
            among={filesOfKind(siblings, "image")}
            before={before}
            onError={onError}
          />
          <FileCaption part={part} />
        </figure>
      )
    }
    case "video":
    case "audio":
    case "mesh":
      return (
        <WhenAlive meanwhile={<Place part={part} />}>
          <Player part={part} onError={onError} />
        </WhenAlive>
      )
    case "document":
      return (
        <div className="flex min-w-0 items-center gap-1">
          <FileCard part={part} isDownload />
          <UseAsInput part={part} />
        </div>
      )
  }
}

function Player({ part, onError }: { part: FilePart; onError: () => void }) {
  switch (fileKindOf(part.mediaType)) {
    case "video":
      return (
        <div className="min-w-0">
          <VideoView part={part} onError={onError} />
          <MakeGifButton part={part} />
        </div>
      )
    case "audio":
      return <AudioView part={part} onError={onError} />
    default:
      return <ShapeView part={part} />
  }
}

/** As much room as the player will take. */
function Place({ part: { mediaType, width, height } }: { part: FilePart }) {
  const kind = fileKindOf(mediaType)
  if (kind === "audio") return <div className="h-40" />
  const aspectRatio = kind === "mesh" ? 4 / 3 : (width ?? 16) / (height ?? 9)
  return <div style={{ aspectRatio }} className="mb-9 max-h-[70dvh] w-full rounded-md bg-sunken" />
}
