"use client"

import { lazy, Suspense } from "react"
import { fileKindOf } from "@/lib/file-kinds"
import { FileCaption } from "../../files/file-caption"
import { FileCard } from "../../files/file-card"
import { filesOfKind } from "../../files/files-of-kind"
import { Picture } from "../../files/picture"
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
          />
          <FileCaption part={part} />
        </figure>
      )
    }
    case "video":
    case "audio":
    case "mesh":
      return (
        <Suspense fallback={<FileCard part={part} isDownload />}>
          <Player part={part} />
        </Suspense>
      )
    case "document":
      return <FileCard part={part} isDownload />
  }
}

function Player({ part }: Pick<PartProps<"file">, "part">) {
  const kind = fileKindOf(part.mediaType)
  if (kind === "video") return <VideoView part={part} />
  return kind === "audio" ? <AudioView part={part} /> : <ShapeView part={part} />
}
