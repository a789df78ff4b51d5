"use client"

import { fileKindOf } from "@/lib/base/file-kinds"
import { DeletedFile } from "../../files/deleted-file"
import { FileCaption } from "../../files/file-caption"
import { FileCard } from "../../files/file-card"
import { filesOfKind } from "../../files/files-of-kind"
import { Picture } from "../../files/picture"
import { UseAsInput } from "../../files/use-as-input"
import { useMissing } from "../../files/use-missing"
import { MakeGifButton } from "../../media/make-gif-button"
import { MediaPlayer } from "../../media/media-player"
import type { PartProps } from "./part-props"

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
      return (
        <div className="min-w-0">
          <MediaPlayer part={part} onError={onError} />
          <MakeGifButton part={part} />
        </div>
      )
    case "audio":
    case "mesh":
      return <MediaPlayer part={part} onError={onError} />
    case "document":
      return (
        <div className="flex min-w-0 items-center gap-1">
          <FileCard part={part} isDownload />
          <UseAsInput part={part} />
        </div>
      )
  }
}
