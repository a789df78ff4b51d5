"use client"

import { lazy } from "react"
import { fileKindOf } from "@/lib/base/file-kinds"
import type { FilePart } from "@/lib/message/message"
import { WhenAlive } from "../ui/before-hydration/when-alive"

// Not next/dynamic: within another one it asks for chunks that there are not, once a server draws it.
const VideoView = lazy(async () => ({
  default: (await import("./views/video-view")).VideoView,
}))
const AudioView = lazy(async () => ({
  default: (await import("./views/audio-view")).AudioView,
}))
const ShapeView = lazy(async () => ({
  default: (await import("./views/shape-view")).ShapeView,
}))

type Props = { part: FilePart; onError?: (() => void) | undefined }

/** A film, a sound or a shape in its player, which is loaded when there is one to play. */
export function MediaPlayer({ part, onError }: Props) {
  return (
    <WhenAlive meanwhile={<Place part={part} />}>
      <Player part={part} onError={onError} />
    </WhenAlive>
  )
}

function Player({ part, onError }: Props) {
  switch (fileKindOf(part.mediaType)) {
    case "video":
      return <VideoView part={part} onError={onError} />
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
